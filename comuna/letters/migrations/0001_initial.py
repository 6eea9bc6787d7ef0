import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LetterRequest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('kind', models.CharField(blank=True, max_length=80)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('addressee', models.CharField(blank=True, max_length=200)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('day', models.DateField()),
                ('by_mandate', models.UUIDField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterClosing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('how', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('day', models.DateField()),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='letters.letterrequest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('year', models.IntegerField()),
                ('number', models.IntegerField()),
                ('day', models.DateField()),
                ('last_day', models.DateField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('title', models.CharField(blank=True, max_length=2100)),
                ('attests', models.CharField(blank=True, max_length=2100)),
                ('full_name', models.CharField(blank=True, max_length=200)),
                ('address', models.CharField(blank=True, max_length=2100)),
                ('resident_since', models.DateField(null=True)),
                ('act', models.UUIDField()),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='letters.letterrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'council', 'year', 'number'), name='a_letter_has_its_number')],
            },
        ),
        migrations.CreateModel(
            name='LetterSignature',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('mandate', models.UUIDField()),
                ('person', models.UUIDField()),
                ('whose', models.UUIDField(db_index=True)),
                ('words', models.CharField(blank=True, max_length=64)),
                ('day', models.DateField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='letters.letterrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'person'), name='signs_a_letter_once')],
            },
        ),
    ]
