"""Tables made from the observation log and always remakeable from it: blocks, results, roll-ups, and what waits.

Nothing here is the truth of anything. A row lost is a row to be made again; see `blocks`, `results`, `rollups`.
"""

from typing import Any

from django.db import models


class MeasureSet(models.Model):
    """What one version adds to the list of (measure, part) that a level's blocks are packed by. Append-only.

    The whole list of version n is what versions 1 to n added, in order: a block needs only say how many it holds.
    """

    level = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    added: Any = models.JSONField()  # [[measure, part], …]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "version"], name="measure_set_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.version}"


class Block(models.Model):
    """The figures of a few places as bytes, all years in one row; the fields are those of `rulebook.columns.Packed`.

    owner: a commune, for its hamlets and areas together (level "hamlet"); from the commune up, the place itself.
    """

    owner = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=16)
    keys = models.PositiveIntegerField(default=0)
    first_year = models.PositiveIntegerField(default=0)
    years = models.PositiveIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=4)
    places = models.BinaryField(default=bytes)
    numbers = models.BinaryField(default=bytes)
    states = models.BinaryField(default=bytes)
    shares = models.BinaryField(default=bytes)
    apart = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "level"], name="block_once")]
        indexes = [models.Index(fields=["level"], name="block_level")]

    def __str__(self) -> str:
        return f"{self.level} {self.owner_id}"


class Packing(models.Model):
    """In which block a place's figures stand: the one where they were first packed, wherever the place goes later."""

    place = models.OneToOneField(
        "territory.Place", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="packings")

    def __str__(self) -> str:
        return f"{self.place_id} in {self.block_id}"


class Result(models.Model):
    """How a place stood under a version of a standard at the end of a year; of the current year, up to the last drain.

    line: the places above on that day, and itself, as a path: whose roll-ups it is counted in.
    bits: `rulebook.columns.Verdicts.bits`.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("standards.StandardVersion", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    line = models.CharField(max_length=200)
    verdict = models.PositiveSmallIntegerField()  # `rulebook.columns.CODE_OF`
    met = models.PositiveSmallIntegerField()
    not_met = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    excused = models.PositiveSmallIntegerField()
    bits = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "version", "year"], name="result_once")]
        indexes = [models.Index(fields=["version", "year"], name="result_version_year")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.version_id} {self.year}"


class RollUp(models.Model):
    """The results below a place at the end of a year, counted. code: of the standard, whoever filled it in.

    criteria, counts: as in `totals.Totals`.
    """

    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=16)  # of the places counted
    code = models.CharField(max_length=100)
    year = models.PositiveIntegerField()
    criteria: Any = models.JSONField()
    counts = models.BinaryField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year", "place"], name="rollup_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.code} {self.year}"


class Dirty(models.Model):
    """Something happened to a place: its results wait to be made again. Append-only, several rows a place.

    place: null for every place. wide: also what stands or stood below, and what it was made of or became. level: only
    places of that level.
    """

    place = models.ForeignKey("territory.Place", null=True, on_delete=models.PROTECT, related_name="+")
    wide = models.BooleanField(default=False)
    level = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["wide"], name="dirty_wide")]

    def __str__(self) -> str:
        return f"{self.place_id}"


class Drain(models.Model):
    """The one row that a worker holds while it drains: there is one drain at a time.

    drained_at: when the queue was last looked at. day: up to which the current year's results have been judged.
    """

    drained_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.drained_at}"
