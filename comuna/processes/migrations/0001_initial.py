import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProcessRun',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('process', models.CharField(max_length=80)),
                ('council', models.CharField(max_length=29)),
                ('day', models.DateField()),
                ('counted_from', models.DateField()),
                ('ends_first', models.DateField(null=True)),
                ('origin_words', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProcessStop',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('day', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stop', to='processes.processrun')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StepDone',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('step', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('due_on', models.DateField()),
                ('session', models.UUIDField(null=True)),
                ('mandate', models.UUIDField()),
                ('words', models.TextField(blank=True)),
                ('roll', models.IntegerField(null=True)),
                ('books_roll', models.IntegerField(null=True)),
                ('roll_reason', models.CharField(blank=True, max_length=200)),
                ('issued', models.IntegerField(null=True)),
                ('votes_for', models.IntegerField(null=True)),
                ('against', models.IntegerField(null=True)),
                ('blank', models.IntegerField(null=True)),
                ('spoiled', models.IntegerField(null=True)),
                ('turnout', models.IntegerField(null=True)),
                ('needed', models.IntegerField(null=True)),
                ('reached', models.BooleanField(null=True)),
                ('passed', models.BooleanField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='processes.processrun')),
            ],
        ),
        migrations.CreateModel(
            name='PollCount',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('council', models.CharField(max_length=29)),
                ('issued', models.IntegerField()),
                ('votes_for', models.IntegerField()),
                ('against', models.IntegerField()),
                ('blank', models.IntegerField()),
                ('spoiled', models.IntegerField()),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='processes.stepdone')),
            ],
        ),
        migrations.AddConstraint(
            model_name='stepdone',
            constraint=models.UniqueConstraint(fields=('run', 'step'), name='a_step_is_done_once'),
        ),
        migrations.AddConstraint(
            model_name='stepdone',
            constraint=models.CheckConstraint(condition=models.Q(('turnout', None), models.Q(('issued__gte', models.F('turnout')), ('turnout', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('against')), '+', models.F('blank')), '+', models.F('spoiled')))), _connector='OR'), name='papers_in_the_box_add_up'),
        ),
        migrations.AddConstraint(
            model_name='pollcount',
            constraint=models.UniqueConstraint(fields=('step', 'council'), name='a_polling_place_is_counted_once'),
        ),
    ]
