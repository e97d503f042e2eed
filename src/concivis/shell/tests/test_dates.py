import datetime as dt

import pytest
from django.utils.translation import override

from concivis.shell.dates import PartialDate, Precision


@pytest.mark.parametrize(
    ("text", "first", "precision"),
    [
        ("1921", dt.date(1921, 1, 1), Precision.YEAR),
        ("1963-05", dt.date(1963, 5, 1), Precision.MONTH),
        ("1963-05-03", dt.date(1963, 5, 3), Precision.DAY),
        ("1963-05-03T00:00:00Z", dt.date(1963, 5, 3), Precision.DAY),
        ("+1963-00-00T00:00:00Z", dt.date(1963, 1, 1), Precision.YEAR),
        (" 1963-05-00 ", dt.date(1963, 5, 1), Precision.MONTH),
    ],
)
def test_a_date_of_any_precision_is_read(text, first, precision):
    assert PartialDate.parse(text) == PartialDate(first, precision)


@pytest.mark.parametrize("text", ["", "May 1963", "63", "1963-13", "1963-02-30", "-0044", "1963/05/03"])
def test_what_is_no_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"is not a (date|day)"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1921", "1921", "1921"),
        ("1963-05", "May 1963", "Mai 1963"),
        ("1963-05-03", "May 3, 1963", "3. Mai 1963"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known_in_the_readers_language(text, english, german):
    date = PartialDate.parse(text)
    with override("en"):
        assert str(date) == english
    with override("de"):
        assert str(date) == german


def test_iso_gives_back_what_was_read():
    assert [PartialDate.parse(text).iso for text in ("1921", "1963-05", "1963-05-03")] == [
        "1921",
        "1963-05",
        "1963-05-03",
    ]
