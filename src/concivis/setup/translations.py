"""Compiles the message catalogues (.po) for gettext (.mo). A wheel carries them compiled: nothing to do."""

from pathlib import Path

from concivis.setup.steps import PACKAGE, Refusal, step

LOCALE = PACKAGE / "locale"


def are_current(locale: Path = LOCALE) -> bool:
    return not _outdated(locale)


def compile_all(locale: Path = LOCALE) -> None:
    """Raises Refusal naming the file and line of a broken catalogue."""
    outdated = _outdated(locale)
    if not outdated:
        return
    with step("Compiling the translations"):
        for source in outdated:
            compile_one(source)


def compile_one(source: Path) -> Path:
    """Writes the .mo beside the .po, whole or not at all; fuzzy messages are left out."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        fault = str(error).removesuffix(f" on {error.lineno}")  # Babel counts from 0
        raise Refusal(f"{source}, line {error.lineno + 1}: {fault}.") from error
    target = source.with_suffix(".mo")
    partial = source.with_suffix(".mo.part")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    return partial.replace(target)


def _outdated(locale: Path) -> list[Path]:
    return [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_newer_than_its_mo(source)]


def _is_newer_than_its_mo(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns
