import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Belonging',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('begins', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CensusImport',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('census_day', models.DateField()),
                ('taken', models.IntegerField()),
                ('matched', models.IntegerField()),
                ('listed', models.IntegerField()),
                ('day', models.DateField()),
                ('council', models.CharField(blank=True, max_length=29)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('time_zone', models.CharField(max_length=64)),
                ('founded_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('council', models.CharField(blank=True, max_length=29)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('residence', models.CharField(blank=True, max_length=10)),
                ('begins', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WaitingList',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('sealed', models.TextField()),
                ('columns', models.TextField(default='{}')),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('full_name', models.CharField(blank=True, max_length=200)),
                ('public_name', models.CharField(blank=True, max_length=200)),
                ('initials', models.CharField(blank=True, max_length=40)),
                ('household', models.UUIDField(db_index=True, null=True)),
                ('relation', models.CharField(blank=True, max_length=200)),
                ('birth_day', models.DateField(null=True)),
                ('age_years', models.IntegerField(null=True)),
                ('age_noted_on', models.DateField(null=True)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('residence', models.CharField(blank=True, max_length=10)),
                ('residence_since', models.DateField(null=True)),
                ('away_since', models.DateField(null=True)),
                ('left_on', models.DateField(null=True)),
                ('left_because', models.CharField(blank=True, max_length=10)),
                ('identity_sealed', models.TextField(blank=True)),
                ('identity_fingerprint', models.CharField(blank=True, max_length=64)),
                ('health_sealed', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'left_on'], name='people_who_belong_here'), models.Index(fields=['commune', 'identity_fingerprint'], name='people_by_identity_number'), models.Index(fields=['commune', 'household', 'full_name'], name='people_by_household_and_name')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('left_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='territory.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('council', models.CharField(blank=True, max_length=29)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('sector', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='streets', to='territory.sector')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('house', models.CharField(blank=True, max_length=200)),
                ('people_said', models.IntegerField(null=True)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('sector', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='households', to='territory.sector')),
                ('street', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='households', to='territory.street')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
