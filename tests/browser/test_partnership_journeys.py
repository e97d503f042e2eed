"""What a coordinator does with a partnership, from the search for a partner to what follows a council's decision."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import pgettext
from playwright.sync_api import Browser, expect

from browser.browsing import COORDINATOR, Site, Visitor, link_in
from browser.conftest import environment

pytestmark = pytest.mark.slow
PARTNER = "townhall@example.org"
TODAY = dt.date.today()


@pytest.fixture
def partner(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Somebody in the partner's town hall, without an account."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield Visitor(context.new_page(), site)
    context.close()


def fill(visitor: Visitor, form: str = "", **values: str) -> None:
    """Writes into the fields called so; a select or a radio takes the value, a checkbox is ticked."""
    for name, value in values.items():
        field = visitor.page.locator(f"main {form} [name={name}]").first
        kind = field.evaluate("(element) => element.localName + ' ' + element.type")
        if kind.startswith("select"):
            field.select_option(value)
        elif kind.endswith("radio"):
            visitor.page.locator(f"main {form} [name={name}][value={value}]").check()
        elif kind.endswith("checkbox"):
            field.check()
        else:
            field.fill(value)


def send(visitor: Visitor, form: str = "form[method=post]") -> None:
    """Presses the form's first button and waits for the page that answers."""
    with visitor.page.expect_navigation():
        visitor.page.locator(f"main {form} button[type=submit]").first.click()


def badge(visitor: Visitor) -> str:
    return visitor.page.locator("main .tie-state .badge").first.inner_text()


def days_ago(days: int) -> str:
    return (TODAY - dt.timedelta(days)).isoformat()


def date(visitor: Visitor, tie: str, kind: str, side: int, when: str) -> None:
    """Notes a date of the side at this place of the form's list (1: the own, 2: the other)."""
    visitor.go(f"{tie}dates/new/?kind={kind}")
    visitor.page.locator("main select[name=side]").select_option(index=side)
    fill(visitor, when=when)
    send(visitor)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_partner_is_found_the_ten_steps_are_walked_both_sides_sign_the_council_suspends_and_resumes(
    coordinator, partner, language
):
    coordinator.language = partner.language = language
    page = coordinator.page

    tie = find_a_partner(coordinator, country={"en": "IT", "de": "GB"}[language])
    assert badge(coordinator) == coordinator.say("enquiry")
    coordinator.go(f"{tie}edit/")
    fill(coordinator, kind="twinning")
    send(coordinator)

    walk_the_ten_steps(coordinator, partner, tie)
    coordinator.go(f"{tie}journey/")
    assert page.locator("main progress").first.get_attribute("value") == "10"

    for side, when in ((1, days_ago(40)), (2, days_ago(35))):
        date(coordinator, tie, "ratified", side, when)
    coordinator.go(tie)
    assert badge(coordinator) == coordinator.say("ratified")
    for side, when in ((1, days_ago(30)), (2, days_ago(20))):
        date(coordinator, tie, "signed", side, when)
    coordinator.go(tie)
    assert badge(coordinator) == coordinator.say("active")

    coordinator.go(f"{tie}suspend/")
    fill(coordinator, when=days_ago(10))
    send(coordinator)
    expect(page.locator("main .field-wrong [name=decision]")).to_be_visible()  # the council has to decide
    fill(coordinator, when=days_ago(10), decision="Paper 12/2026")
    send(coordinator)
    coordinator.go(tie)
    assert badge(coordinator) == coordinator.say("suspended")
    coordinator.go(f"{tie}resume/")
    fill(coordinator, when=days_ago(1), decision="Paper 13/2026")
    send(coordinator)
    coordinator.go(tie)
    assert badge(coordinator) == coordinator.say("active")
    assert coordinator.complaints == partner.complaints == []


def find_a_partner(visitor: Visitor, country: str) -> str:
    """From the list of candidates over a letter to an open enquiry; the address of the enquiry."""
    page = visitor.page
    visitor.go(f"office/hamm/finder/?country={country}")
    page.locator("main a[href*='/finder/letter/']").first.click()
    page.wait_for_url("**/finder/letter/**")
    with page.expect_navigation():
        page.locator("main button[name=print]").click()
    page.locator("main a[href*='/partnerships/']").first.click()
    page.wait_for_url("**/partnerships/*/")
    return visitor.path().split("/", 2)[2]


def walk_the_ten_steps(visitor: Visitor, partner: Visitor, tie: str) -> None:
    visitor.go(f"{tie}journey/")
    send(visitor)
    steps = visitor.page.locator("main ol a[href*='/journey/']").evaluate_all(
        "(links) => links.map((link) => link.href)"
    )
    assert len(steps) == 10
    for number, address in enumerate(steps, 1):
        prepare(visitor, partner, tie, number)
        visitor.page.goto(address)
        fill(visitor, kind="note", title="We met", date=days_ago(3), text="And talked about it.")
        send(visitor)
        send(visitor, "form[action$='/done/']")
        visitor.page.goto(address)
        assert visitor.page.locator("main form[action$='/open/']").count() == 1, number


def prepare(visitor: Visitor, partner: Visitor, tie: str, step: int) -> None:
    """What some steps ask for beside evidence."""
    if step == 4:
        visitor.go(f"{tie}objectives/new/")
        fill(visitor, text="A week together", measure="One a year", due_on=f"{TODAY.year + 1}-06-30")
        send(visitor)
        answer_for_the_other_side(visitor, partner, tie)
    if step == 5:
        for name in ("Person who follows", "Person who leads"):
            visitor.go(f"{tie}people/new/")
            fill(visitor, name=name, role="coordinator", in_team="on")
            if name.endswith("leads"):
                visitor.page.locator("main select[name=successor]").select_option(index=1)
            send(visitor)
    if step == 8:
        for year in (TODAY.year, TODAY.year + 1):
            visitor.go(f"{tie}objectives/plan/new/")
            fill(visitor, year=str(year), title="A week together", budget="1500", currency="EUR")
            send(visitor)


def answer_for_the_other_side(visitor: Visitor, partner: Visitor, tie: str) -> None:
    """The other side gets a letter, agrees to the objective and confirms, without an account."""
    visitor.go(f"{tie}other-side/")
    form = "form[action$='/ask/']"
    visitor.page.locator(f"main {form} input[type=email]").fill(PARTNER)
    visitor.page.locator(f"main {form} select").select_option(visitor.language)
    send(visitor, form)
    page = partner.page
    page.goto(link_in(partner.site.letter_to(PARTNER, about="/sides/")))
    page.locator("main li a.button").first.click()
    page.wait_for_load_state()
    fill(partner, named="A person, town hall")
    send(partner)
    page.goto(link_in(partner.site.letter_to(PARTNER, about="/sides/")))
    fill(partner, named="A person, town hall")
    send(partner)
    visitor.go(f"{tie}objectives/")
    expect(visitor.page.locator("main")).to_contain_text(said(visitor, "objective", "agreed by both sides"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_year_without_activity_a_partnership_sleeps_is_nudged_and_wakes(coordinator, language):
    coordinator.language = language
    place = {"en": "Kalisz", "de": "Bradford"}[language]
    coordinator.go("office/hamm/partnership-rules/")
    fill(coordinator, dormant_after_months="12", nudge_after_months="6")
    send(coordinator)

    coordinator.go("office/hamm/partnerships/")
    coordinator.page.locator(f"main a:has-text('{place}')").first.click()
    coordinator.page.wait_for_url("**/partnerships/*/")
    tie = coordinator.path().split("/", 2)[2]
    note_an_activity(coordinator, tie, days_ago(380))
    coordinator.go(tie)
    assert badge(coordinator) == said(coordinator, "partnership", "dormant")

    manage(coordinator.site, "send_reminders")
    letter = coordinator.site.letter_to(COORDINATOR, about=place)
    assert f"/{tie}" in letter
    coordinator.go("office/hamm/today/")
    assert place in coordinator.text()

    note_an_activity(coordinator, tie, days_ago(1))
    coordinator.go(tie)
    assert badge(coordinator) == coordinator.say("active")
    assert coordinator.complaints == []


def note_an_activity(visitor: Visitor, tie: str, day: str) -> None:
    visitor.go(f"{tie}activities/new/")
    fill(visitor, kind="meeting", title="A meeting", date=day)
    send(visitor)


def said(visitor: Visitor, context: str, msgid: str) -> str:
    """A short text of the interface that means several things, in the visitor's language."""
    with translation.override(visitor.language):
        return pgettext(context, msgid)


def manage(site: Site, command: str) -> None:
    """As the operator's machine would run it."""
    port = int(site.address.rpartition(":")[2])
    done = subprocess.run(
        [sys.executable, "-m", "django", command],
        env={**os.environ, **environment(site.folder, port)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
