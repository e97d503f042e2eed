"""Controlled words: schemes of terms, each term with one text row per language."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from concivis.vocabulary.files import FALLBACK_LANGUAGE


class Scheme(models.Model):
    """A list of words kept in one file of `data/`: "field", "theme", "target-group", "sdg"."""

    code = models.SlugField(max_length=40, primary_key=True)
    version = models.CharField(max_length=20)
    source = models.TextField()  # who wrote the list, and what its facts rest on

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class TermQuerySet(models.QuerySet["Term"]):
    def in_scheme(self, scheme: str) -> Self:
        """The terms of one scheme, retired ones too, in the order of its file."""
        return self.filter(scheme_id=scheme).order_by("position")

    def current(self) -> Self:
        """Without the retired: what a form may offer."""
        return self.filter(retired=False)

    def with_labels(self) -> Self:
        """Brings label and description along in the same query, in the language active at this call."""
        joins = {
            f"in_{rank}": FilteredRelation("labels", condition=Q(labels__language=language))
            for rank, language in enumerate(_languages_to_try(get_language()))
        }
        return self.annotate(**joins).annotate(
            found_label=_first_of(joins, "label"), found_description=_first_of(joins, "description")
        )


class Term(models.Model):
    """One word of a scheme. Its code never changes and a term is never deleted, only retired."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="terms")
    code = models.SlugField(max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    position = models.PositiveIntegerField()  # from 0, the order of the file
    retired = models.BooleanField(default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "position")
        constraints = [
            models.UniqueConstraint(fields=("scheme", "code"), name="term_code_once_in_scheme"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="term_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the active language, else in English, else the bare code. A query, unless `with_labels`."""
        return self._found("found_label") or self.code

    @property
    def description(self) -> str:
        """One sentence, in the language of `label`, or nothing. A query, unless `with_labels`."""
        return self._found("found_description")

    def _found(self, annotation: str) -> str:
        if annotation in self.__dict__:
            return str(self.__dict__[annotation])
        term = Term.objects.with_labels().filter(pk=self.pk).first()
        return str(getattr(term, annotation, ""))


class TermLabel(models.Model):
    """A term's words in one language. `synonyms` are the forms people write, for matching free text."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=35)  # BCP 47
    label = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    synonyms = models.JSONField(default=list)  # list[str], singular and plural, as written in running text

    class Meta:
        ordering = ("term", "language")
        constraints = [
            models.UniqueConstraint(fields=("term", "language"), name="term_label_once_per_language"),
            models.CheckConstraint(condition=~Q(label=""), name="term_label_not_empty"),
        ]

    def __str__(self) -> str:
        return self.label


def _languages_to_try(active: str | None) -> list[str]:
    """Best first: "de-at" gives de-at, de, en."""
    active = active or FALLBACK_LANGUAGE
    return list(dict.fromkeys([active, active.partition("-")[0], FALLBACK_LANGUAGE]))


def _first_of(joins: Iterable[str], field: str) -> Coalesce:
    texts = (f"{join}__{field}" for join in joins)
    return Coalesce(*texts, Value(""), output_field=models.CharField())
