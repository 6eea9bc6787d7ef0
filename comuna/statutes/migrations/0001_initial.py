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
    ]
