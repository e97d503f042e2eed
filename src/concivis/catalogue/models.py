from typing import Any

from django.db import models
from django.db.models import F, Q


class Card(models.Model):
    """The public card of one thing. Never holds what is not public. `path` has no language prefix."""

    kind = models.CharField(max_length=30)
    public_id = models.CharField(max_length=16)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, null=True, related_name="cards")
    path = models.CharField(max_length=300)
    state = models.CharField(max_length=30, blank=True)
    format = models.CharField(max_length=40, blank=True)  # the room's own word: "festival", "exchange"
    language = models.CharField(max_length=12)  # BCP 47 of the source text; "mul" for bare names
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    last_confirmed = models.DateField(null=True)
    weight = models.FloatField(default=1.0)  # order among equals, larger first
    organisations: Any = models.JSONField(default=list)  # [{"id": public id, "name": name}]
    languages: Any = models.JSONField(default=list)  # BCP 47 tags of what it is carried out in, sorted
    needs: Any = models.JSONField(default=list)  # values of `enums.Support`, sorted
    offers: Any = models.JSONField(default=list)  # the same words
    picture = models.CharField(
        max_length=300, blank=True
    )  # path of a public picture, without language prefix
    places = models.ManyToManyField("places.Place", related_name="cards")
    countries = models.ManyToManyField("places.Country", related_name="cards")
    terms = models.ManyToManyField("vocabulary.Term", related_name="cards")  # themes, target groups, goals
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("kind", "public_id"), name="card_once"),
            models.CheckConstraint(
                name="card_dates_in_order",
                condition=Q(from_date__isnull=True)
                | Q(to_date__isnull=True)
                | Q(to_date__gte=F("from_date")),
            ),
        ]
        indexes = [
            models.Index(fields=("kind", "-weight"), name="card_by_weight"),
            models.Index(fields=("hub", "kind"), name="card_by_hub"),
            models.Index(fields=("-changed_at",), name="card_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class CardText(models.Model):
    """What a card says in one language."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("card", "language"), name="card_text_once")]

    def __str__(self) -> str:
        return self.title


class CardIndex(models.Model):
    """A card as the full-text index reads it: folded words of its languages, facts as `tags`, and what lists sort by.

    Triggers (SQLite) or a generated column (PostgreSQL) keep the index in step, see the migration. What a search reads
    of every hit stands before the long texts.
    """

    card = models.OneToOneField(Card, on_delete=models.CASCADE, primary_key=True, related_name="index")
    weight = models.FloatField()
    last_confirmed = models.DateField(null=True)
    tags = models.TextField()
    title = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return self.title


class CardWord(models.Model):
    """A word that some card holds or held: what a misspelt word is compared with. Folded."""

    word = models.CharField(max_length=30, primary_key=True)
    backwards = models.CharField(
        max_length=30, db_index=True
    )  # found by its end, where the beginning is wrong

    def __str__(self) -> str:
        return self.word
