import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('code', models.CharField(max_length=29)),
                ('kind', models.CharField(max_length=10)),
                ('use', models.CharField(blank=True, max_length=12)),
                ('name', models.CharField(blank=True, max_length=2100)),
                ('act', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Advance',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('open', models.BigIntegerField()),
                ('due', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='treasury.account')),
            ],
        ),
        migrations.CreateModel(
            name='Book',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('organ', models.CharField(max_length=80)),
                ('council', models.CharField(blank=True, max_length=29)),
                ('unit', models.CharField(max_length=12)),
                ('day', models.DateField()),
                ('entries', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'kind'), name='a_book_is_opened_once')],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='book',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='treasury.book'),
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('resolution', models.UUIDField(db_index=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='treasury.book')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('spent', models.BigIntegerField(default=0)),
                ('committed', models.BigIntegerField(default=0)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='treasury.account')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.budget')),
            ],
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('through', models.DateField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='treasury.book')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('commune', models.UUIDField()),
                ('folio', models.IntegerField()),
                ('day', models.DateField()),
                ('act', models.UUIDField(db_index=True)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_rows', to='treasury.book')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='treasury.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('day', models.DateField()),
                ('unit', models.CharField(max_length=12)),
                ('counted', models.BigIntegerField()),
                ('in_books', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='treasury.account')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='treasury.entry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AdvanceStep',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
                ('advance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='treasury.advance')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='treasury.entry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='advance',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='treasury.entry'),
        ),
        migrations.CreateModel(
            name='EntryImport',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('day', models.DateField()),
                ('entries', models.IntegerField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='treasury.book')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('observer', models.UUIDField(db_index=True)),
                ('words', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('due', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='treasury.book')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='treasury.entry')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='treasury.budgetline')),
            ],
        ),
        migrations.CreateModel(
            name='ObservationAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('words', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='treasury.observation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('payee', models.CharField(blank=True, max_length=200)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='treasury.entry')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='treasury.budgetline')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('commune', models.UUIDField()),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('after', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='treasury.account')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='treasury.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('file', models.CharField(blank=True, max_length=64)),
                ('media_type', models.CharField(blank=True, max_length=40)),
                ('day', models.DateField()),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('supplier', models.CharField(blank=True, max_length=200)),
                ('tax_number', models.CharField(blank=True, max_length=200)),
                ('number', models.CharField(blank=True, max_length=200)),
                ('kept_at', models.CharField(blank=True, max_length=200)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='treasury.entry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Turnover',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('unit', models.CharField(max_length=12)),
                ('month', models.DateField()),
                ('debit', models.BigIntegerField()),
                ('credit', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='turnovers', to='treasury.account')),
            ],
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('postings', models.IntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='treasury.account')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'unit'), name='one_balance_an_account')],
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(fields=('book', 'code'), name='one_account_a_code'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('budget', 'number'), name='one_line_a_number'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', django.db.models.expressions.CombinedExpression(models.F('spent'), '+', models.F('committed'))), ('committed__gte', 0), ('spent__gte', 0)), name='a_line_is_not_overspent'),
        ),
        migrations.AddIndex(
            model_name='closing',
            index=models.Index(fields=['book', 'through'], name='closings_by_day'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['book', 'day', 'folio'], name='entries_by_day'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('book', 'folio'), name='one_entry_a_folio'),
        ),
        migrations.AddConstraint(
            model_name='advance',
            constraint=models.CheckConstraint(condition=models.Q(('open__gte', 0), ('open__lte', models.F('amount'))), name='an_advance_is_accounted_for_once'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['commune', 'closed_on', 'due'], name='observations_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('account', 'unit', 'number'), name='one_posting_a_number'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_posting_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='turnover',
            constraint=models.UniqueConstraint(fields=('account', 'unit', 'month'), name='one_turnover_a_month'),
        ),
    ]
