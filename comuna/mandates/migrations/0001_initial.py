import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField(db_index=True)),
                ('name_digest', models.CharField(db_index=True, max_length=64)),
                ('password', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('person', models.UUIDField(db_index=True)),
                ('account', models.UUIDField()),
                ('device', models.CharField(max_length=80)),
                ('began_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Throttle',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failures', models.IntegerField()),
                ('last_at', models.DateTimeField()),
                ('locked_until', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimCode',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('expires_on', models.DateField()),
                ('act', models.UUIDField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_codes', to='territory.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='territory.person')),
                ('code', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='mandates.claimcode')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CodeVoided',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('code', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voided', to='mandates.claimcode')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('is_alternate', models.BooleanField()),
                ('begins', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('origin', models.CharField(max_length=20)),
                ('origin_words', models.TextField()),
                ('public_name', models.CharField(max_length=200)),
                ('act', models.UUIDField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='territory.person')),
            ],
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('barred_until', models.DateField(null=True)),
                ('act', models.UUIDField()),
                ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='mandates.mandate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NextInLine',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('place', models.IntegerField()),
                ('public_name', models.CharField(max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='next_in_line', to='territory.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('organ', models.CharField(max_length=80)),
                ('number', models.IntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'kind', 'number'), name='one_row_a_seat')],
            },
        ),
        migrations.AddField(
            model_name='mandate',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='mandates.seat'),
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('after', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='mandates.mandate')),
                ('alternate', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stepped_in', to='mandates.mandate')),
                ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='succession', to='mandates.mandate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('begins', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('reason', models.TextField()),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='mandates.mandate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lifting',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('on', models.DateField()),
                ('suspension', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lifting', to='mandates.suspension')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), ('origin', 'succession'), _connector='OR'), name='a_term_ends_after_it_begins'),
        ),
    ]
