import comuna.acts.wordsindex
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='EpochBegun',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('epoch', models.IntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('act', models.UUIDField(db_index=True)),
                ('ground', models.UUIDField(db_index=True)),
                ('role', models.CharField(max_length=20)),
                ('row', models.IntegerField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('verb', models.CharField(max_length=80)),
                ('needed', models.IntegerField()),
                ('seats', models.TextField()),
                ('rule', models.CharField(max_length=80)),
                ('expires_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RefusedId',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=80)),
                ('words', models.TextField()),
                ('citation', models.TextField(blank=True)),
                ('field', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TimeConfirmed',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('of', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('words', models.TextField()),
            ],
            options={
                'indexes': [comuna.acts.wordsindex.WordsIndex(fields=['words'], name='acts_entry_words')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('performed', models.UUIDField(null=True)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='acts.proposal')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('mandate', models.UUIDField()),
                ('person', models.UUIDField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='acts.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'person'), name='one_signature_a_person')],
            },
        ),
    ]
