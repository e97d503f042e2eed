import datetime as dt

from icalendar import Calendar

from concivis.shell.calendars import Dated, calendar, calendar_response, event, uid, upcoming

CHANGED = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def dated(**said) -> Dated:
    facts = {
        "uid": uid("initiative", "a1"),
        "title": "Festival",
        "url": "https://example.org/en/initiatives/a1/",
    }
    return Dated(**{**facts, "starts": dt.date(2027, 5, 3), "changed": CHANGED, **said})


def read(*entries: Dated) -> Calendar:
    response = calendar_response(entries, name="Hamm", url="https://example.org/en/", filename="hamm.ics")
    return Calendar.from_ical(response.content)


def test_a_day_that_is_the_last_ends_with_it():
    [entry] = read(dated(ends=dt.date(2027, 5, 7))).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (dt.date(2027, 5, 3), dt.date(2027, 5, 8))


def test_an_hour_keeps_its_zone():
    starts = dt.datetime(2027, 5, 3, 16, tzinfo=dt.UTC)
    [entry] = read(dated(starts=starts, ends=starts + dt.timedelta(hours=2))).walk("VEVENT")
    assert entry.decoded("dtend") - entry.decoded("dtstart") == dt.timedelta(hours=2)


def test_the_same_entries_are_the_same_text():
    assert calendar([event(dated())]) == calendar([event(dated())])


def test_a_title_that_would_end_its_line_is_escaped():
    [entry] = read(dated(title="Food,\r\nEND:VEVENT;drink")).walk("VEVENT")
    assert entry["summary"].replace("\r", "") == "Food,\nEND:VEVENT;drink"


def test_a_calendar_has_a_name_and_is_asked_for_again():
    made = read(dated())
    assert (made["x-wr-calname"], made["method"], made["x-published-ttl"]) == ("Hamm", "PUBLISH", "PT6H")


def test_what_is_cancelled_says_so():
    assert read(dated(is_cancelled=True)).walk("VEVENT")[0]["status"] == "CANCELLED"


def test_the_next_comes_first_and_what_is_over_not_at_all():
    today = dt.date.today()
    past, now, later = (dated(starts=today + dt.timedelta(days=days)) for days in (-2, 0, 9))
    assert upcoming([later, past, now], most=9) == [now, later]
