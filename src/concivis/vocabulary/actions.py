"""Changes of the vocabulary: loading its files."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from concivis.vocabulary.files import SHIPPED, SchemeFile, TermEntry, Words, read_folder
from concivis.vocabulary.models import Scheme, Term, TermLabel


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """How many terms a load found new, changed, unchanged, and retired because their file lost them."""

    new: int
    changed: int
    unchanged: int
    retired: int

    def __str__(self) -> str:
        return (
            f"Vocabulary: {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.retired} retired."
        )


def load_vocabulary(*, folder: Path = SHIPPED) -> LoadOutcome:
    """Makes the tables say what the files say; a second run changes nothing.

    A term gone from its file is retired, and comes back when the file has it again. A scheme whose
    whole file is missing is left as it is. All or nothing; raises VocabularyFileError.
    """
    schemes = read_folder(folder)
    counts: Counter[str] = Counter()
    with transaction.atomic():
        for scheme in schemes:
            counts += _load_scheme(scheme)
    return LoadOutcome(
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        retired=counts["retired"],
    )


def _load_scheme(file: SchemeFile) -> Counter[str]:
    Scheme.objects.update_or_create(
        code=file.scheme, defaults={"version": file.version, "source": file.source}
    )
    stored = {
        term.code: term
        for term in Term.objects.in_scheme(file.scheme).select_related("parent").prefetch_related("labels")
    }
    counts: Counter[str] = Counter()
    for position, entry in enumerate(file.terms):
        term = stored.get(entry.code)
        if term is not None and _says(term) == (position, entry, False):
            counts["unchanged"] += 1
            continue
        counts["new" if term is None else "changed"] += 1
        stored[entry.code] = _write(file.scheme, position, entry, stored)
    gone = stored.keys() - {entry.code for entry in file.terms}
    counts["retired"] += (
        Term.objects.in_scheme(file.scheme).current().filter(code__in=gone).update(retired=True)
    )
    return counts


def _says(term: Term) -> tuple[int, TermEntry, bool]:
    words = {
        text.language: Words(label=text.label, description=text.description, synonyms=text.synonyms)
        for text in term.labels.all()
    }
    parent = term.parent.code if term.parent else None
    return term.position, TermEntry(code=term.code, parent=parent, words=words), term.retired


def _write(scheme: str, position: int, entry: TermEntry, stored: dict[str, Term]) -> Term:
    parent = stored[entry.parent] if entry.parent else None  # files name parents first
    term, _ = Term.objects.update_or_create(
        scheme_id=scheme,
        code=entry.code,
        defaults={"parent": parent, "position": position, "retired": False},
    )
    term.labels.exclude(language__in=entry.words).delete()
    TermLabel.objects.bulk_create(
        [
            TermLabel(
                term=term,
                language=language,
                label=words.label,
                description=words.description,
                synonyms=words.synonyms,
            )
            for language, words in entry.words.items()
        ],
        update_conflicts=True,
        unique_fields=["term", "language"],
        update_fields=["label", "description", "synonyms"],
    )
    return term
