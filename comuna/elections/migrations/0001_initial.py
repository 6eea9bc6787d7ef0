import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('assemblies', '0001_initial'),
        ('mandates', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('ballot', models.CharField(max_length=10)),
                ('marks', models.IntegerField()),
                ('present', models.IntegerField()),
                ('issued', models.IntegerField(null=True)),
                ('counted', models.IntegerField(null=True)),
                ('spoiled', models.IntegerField(null=True)),
                ('returned', models.IntegerField(null=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('principals', models.IntegerField()),
                ('alternates', models.IntegerField()),
                ('counter_one', models.UUIDField()),
                ('counter_two', models.UUIDField(null=True)),
                ('runoff_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runoff', to='elections.election')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='assemblies.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('ground', models.CharField(max_length=80)),
                ('words', models.TextField(blank=True)),
                ('by_person', models.UUIDField(null=True)),
                ('by_mandate', models.UUIDField(null=True)),
                ('day', models.DateField()),
                ('desk', models.CharField(max_length=80)),
                ('needed', models.IntegerField()),
                ('whole', models.IntegerField(null=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='mandates.mandate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('present', models.IntegerField()),
                ('whole', models.IntegerField(null=True)),
                ('quorum', models.IntegerField()),
                ('votes_for', models.IntegerField()),
                ('against', models.IntegerField()),
                ('abstain', models.IntegerField()),
                ('counter_one', models.UUIDField()),
                ('counter_two', models.UUIDField(null=True)),
                ('needed', models.IntegerField(null=True)),
                ('passed', models.BooleanField()),
                ('barred_until', models.DateField(null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='assemblies.session')),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='elections.petition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('words', models.TextField(blank=True)),
                ('defence', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('due_on', models.DateField()),
                ('days_late', models.IntegerField()),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='elections.petition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settles', to='elections.decision')),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='elections.petition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignatureSheet',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('day', models.DateField()),
                ('people', models.IntegerField()),
                ('total', models.IntegerField()),
                ('reached', models.BooleanField()),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='elections.petition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('place', models.IntegerField()),
                ('marks', models.TextField()),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='elections.election')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='elections.petition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Candidacy',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('place', models.IntegerField()),
                ('votes', models.IntegerField()),
                ('carried', models.BooleanField()),
                ('outcome', models.CharField(max_length=20)),
                ('public_name', models.CharField(blank=True, max_length=200)),
                ('mandate', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacy', to='mandates.mandate')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='territory.person')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='elections.election')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'person'), name='stands_once_an_election')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recall_signatures', to='territory.person')),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='elections.petition')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='elections.signaturesheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('petition', 'person'), name='one_signature_a_petition')],
            },
        ),
    ]
