"""The truth: records, their private parts, the files they cite, checkpoints; and who may write here."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Local, Truth


class Record(Truth):
    """One act, for ever. Every column repeats what ``body`` says, so that SQL can find it."""

    id = models.UUIDField(primary_key=True)
    commune = models.UUIDField()
    epoch = models.IntegerField()
    seq = models.BigIntegerField()
    at = models.CharField(max_length=20)  # UTC, "2026-02-07T14:00:00Z"; an anonymous act keeps only the day
    day = models.DateField()  # the commune's local day
    verb = models.CharField(max_length=80)
    version = models.IntegerField()
    body = models.BinaryField()  # canonical JSON
    previous = models.BinaryField()  # digest of the record before; 32 zero bytes before the first
    digest = models.BinaryField()  # RFC 6962 leaf hash of body: SHA-256 of a zero byte and the body

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "seq"], name="one_record_a_number"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="numbers_start_at_one"),
        ]
        indexes = [models.Index(fields=["commune", "verb", "seq"], name="records_by_verb")]


class Commitment(Truth):
    """What a record promises about one private part: it stays when the part is erased."""

    id = models.UUIDField(primary_key=True)
    record = models.UUIDField()
    number = models.IntegerField()  # 0, 1, ... within the record
    audience = models.CharField(max_length=20)
    subject = models.UUIDField()  # whom or what the words are about
    subject_salt = models.BinaryField()  # 16 random bytes: the record names the subject only as SHA-256 of both
    slot = models.CharField(max_length=120)  # where in the act they belong
    commitment = models.BinaryField()  # SHA-256 of salt and body

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_commitment_a_number")]
        indexes = [models.Index(fields=["subject", "audience"], name="commitments_by_subject")]


class PrivatePart(Truth):
    """The words themselves, under the id of their commitment."""

    id = models.UUIDField(primary_key=True)
    salt = models.BinaryField()  # 16 random bytes
    body = models.BinaryField()  # canonical JSON; sealed values inside it are ciphertext


class Erasure(Truth):
    """Says that a record ordered this part erased; only then may the part's row go. The record itself names the part
    only as SHA-256 of the salt and the part's id: whoever reads it learns of no words whose they were."""

    id = models.UUIDField(primary_key=True)  # of the commitment
    record = models.UUIDField()  # the record that orders it
    salt = models.BinaryField()  # 16 random bytes


class StoredFile(Truth):
    """A file that a record cites; the bytes lie in the home's ``files`` folder under their digest."""

    id = models.UUIDField(primary_key=True)
    record = models.UUIDField(db_index=True)
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()  # bytes
    media_type = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_file_a_number")]


class Checkpoint(Truth):
    """A signed statement of the journal's head (C2SP signed note), as printed and handed to witnesses."""

    id = models.UUIDField(primary_key=True)
    commune = models.UUIDField()
    size = models.BigIntegerField()  # records covered
    root = models.BinaryField()  # RFC 6962 tree head over the records' digests
    peaks = models.BinaryField()  # hashes of the complete subtrees, largest first, 32 bytes each
    made_at = models.CharField(max_length=20)
    note = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "size"], name="one_checkpoint_a_size")]


class Writer(Local):
    """The commune whose journal this home writes, and the epoch it writes in.

    Missing after an import or a restore: such books are read only until an epoch is begun.
    """

    commune = models.UUIDField(primary_key=True)
    epoch = models.IntegerField()


class Upload(Local):
    """A file handed in and not yet cited by any record; removed after a day."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    person = models.UUIDField(null=True)  # who handed it in
    at = models.DateTimeField()
