import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CreditAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('request', models.UUIDField(null=True)),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('is_refusal', models.BooleanField()),
                ('day', models.DateField()),
            ],
            options={
                'abstract': False,
            },
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
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='treasury.book')),
            ],
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
            name='Credit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('request', models.UUIDField(null=True)),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('kind', models.CharField(max_length=80)),
                ('schedule', models.CharField(max_length=10)),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('percent', models.IntegerField()),
                ('months', models.IntegerField()),
                ('day', models.DateField()),
                ('paid_out_on', models.DateField(null=True)),
                ('begins', models.DateField(null=True)),
                ('principal', models.BigIntegerField()),
                ('interest', models.BigIntegerField()),
                ('owed_principal', models.BigIntegerField(default=0)),
                ('owed_interest', models.BigIntegerField(default=0)),
                ('written_off', models.BigIntegerField(default=0)),
                ('paid_out_by', models.UUIDField(null=True)),
                ('lost_by', models.UUIDField(null=True)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='treasury.book')),
            ],
        ),
        migrations.CreateModel(
            name='CreditRequest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('kind', models.CharField(blank=True, max_length=80)),
                ('unit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField(null=True)),
                ('months', models.IntegerField(null=True)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('day', models.DateField()),
                ('by_mandate', models.UUIDField(null=True)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credit_requests', to='treasury.book')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CreditVisit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('mandate', models.UUIDField(null=True)),
                ('day', models.DateField()),
                ('words', models.CharField(blank=True, max_length=200)),
                ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='treasury.credit')),
            ],
            options={
                'abstract': False,
            },
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
            name='Repayment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('principal', models.BigIntegerField()),
                ('interest', models.BigIntegerField()),
                ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repayments', to='treasury.credit')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='repayment', to='treasury.entry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Savings',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('balance', models.BigIntegerField(default=0)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='savings', to='treasury.book')),
            ],
        ),
        migrations.CreateModel(
            name='SavingsMove',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('commune', models.UUIDField(db_index=True)),
                ('born', models.BigIntegerField()),
                ('touched', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
                ('after', models.BigIntegerField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='savings_move', to='treasury.entry')),
                ('savings', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='treasury.savings')),
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
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.UniqueConstraint(fields=('book', 'number'), name='one_credit_a_number'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(('owed_interest__gte', 0), ('owed_principal__gte', 0)), name='no_more_is_repaid_than_owed'),
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
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('account', 'unit', 'number'), name='one_posting_a_number'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_posting_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='savings',
            constraint=models.UniqueConstraint(fields=('book', 'number'), name='one_savings_account_a_number'),
        ),
        migrations.AddConstraint(
            model_name='savings',
            constraint=models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='savings_are_not_overdrawn'),
        ),
        migrations.AddConstraint(
            model_name='turnover',
            constraint=models.UniqueConstraint(fields=('account', 'unit', 'month'), name='one_turnover_a_month'),
        ),
    ]
