from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AdoptedStatute',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('statute_id', models.CharField(max_length=80)),
                ('version', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64)),
                ('in_force_from', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'in_force_from'], name='statute_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('slug', models.CharField(max_length=29)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('since', models.DateField()),
                ('register_code', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'slug'), name='one_council_a_slug')],
            },
        ),
    ]
