import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('act', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('text', models.TextField(blank=True)),
                ('responsible', models.CharField(blank=True, max_length=80)),
                ('due_on', models.DateField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.agendaitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('organ', models.CharField(max_length=80)),
                ('vote', models.CharField(blank=True, max_length=10)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.agendaitem')),
                ('motion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.motion')),
            ],
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('organ', models.CharField(max_length=80)),
                ('year', models.IntegerField()),
                ('number', models.IntegerField()),
                ('responsible', models.CharField(blank=True, max_length=80)),
                ('due_on', models.DateField(null=True)),
                ('motion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='assemblies.motion')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('done', models.BooleanField()),
                ('words', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.resolution')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('organ', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('hour', models.CharField(max_length=5)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('number', models.IntegerField()),
                ('notice_days', models.IntegerField()),
                ('from_paper', models.BooleanField()),
                ('act', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'organ', 'day'], name='sessions_by_organ'), models.Index(fields=['commune', 'day', 'hour', 'born'], name='sessions_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('from_day', models.DateField()),
                ('from_hour', models.CharField(max_length=5)),
                ('on', models.DateField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='assemblies.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='motion',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session'),
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('quorate', models.BooleanField()),
                ('hour', models.CharField(max_length=5)),
                ('chaired_by', models.UUIDField(null=True)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('sitting', models.IntegerField()),
                ('number', models.IntegerField()),
                ('hour', models.CharField(max_length=5)),
                ('present', models.IntegerField()),
                ('whole', models.IntegerField(null=True)),
                ('roll', models.IntegerField()),
                ('unknown_age', models.IntegerField()),
                ('away', models.IntegerField()),
                ('needed', models.IntegerField()),
                ('reached', models.BooleanField()),
                ('rule', models.CharField(max_length=80)),
                ('citation', models.TextField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session')),
            ],
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session'),
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('sitting', models.IntegerField()),
                ('people', models.IntegerField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('sitting', models.IntegerField()),
                ('person', models.UUIDField()),
                ('seat', models.CharField(blank=True, max_length=80)),
                ('number', models.IntegerField(null=True)),
                ('stands_in', models.BooleanField(null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.session')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.sheet')),
            ],
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('day', models.DateField()),
                ('hour', models.CharField(max_length=5)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='assemblies.session')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('method', models.CharField(max_length=10)),
                ('votes_for', models.IntegerField()),
                ('against', models.IntegerField()),
                ('abstain', models.IntegerField()),
                ('spoiled', models.IntegerField(null=True)),
                ('returned', models.IntegerField(null=True)),
                ('issued', models.IntegerField(null=True)),
                ('present', models.IntegerField()),
                ('needed', models.IntegerField(null=True)),
                ('passed', models.BooleanField()),
                ('rule', models.CharField(max_length=80)),
                ('citation', models.TextField()),
                ('counter_one', models.UUIDField()),
                ('counter_two', models.UUIDField(null=True)),
                ('motion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='assemblies.motion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SeatVote',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('place', models.IntegerField()),
                ('seat', models.CharField(max_length=80)),
                ('number', models.IntegerField()),
                ('vote', models.CharField(max_length=10)),
                ('follows', models.BooleanField(null=True)),
                ('instruction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='assemblies.instruction')),
                ('tally', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assemblies.tally')),
            ],
        ),
        migrations.AddConstraint(
            model_name='instruction',
            constraint=models.UniqueConstraint(fields=('item', 'organ'), name='one_instruction_an_item'),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=models.Index(fields=['commune', 'born'], name='resolutions_in_order'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.UniqueConstraint(fields=('commune', 'organ', 'year', 'number'), name='one_resolution_a_number'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='one_call_a_number'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='one_item_a_number'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('session', 'sitting', 'person'), name='once_present_a_sitting'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='one_sitting_a_number'),
        ),
        migrations.AddConstraint(
            model_name='seatvote',
            constraint=models.UniqueConstraint(fields=('tally', 'seat', 'number'), name='one_vote_a_seat'),
        ),
    ]
