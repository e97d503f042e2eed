"""From what a connector hears on the way to what the city did: co-design, told back to those who were heard."""

import datetime as dt
import time

import pytest

from browser.browsing import COORDINATOR, LISTENING, Visitor, link_in
from concivis.shell.guard import AT_LEAST

CONNECTOR = "connector@example.org"
INSIGHT = "Briefe vom Amt versteht bei uns kaum jemand."
CLUSTER, RECOMMENDATION = "Briefe", "Das Amt schreibt Briefe in einfacher Sprache."
MEASURE, ANSWER = "Zehn Musterbriefe umschreiben", "Ab dem Sommer schreiben wir einfacher."
WHISPERED, REPLY = "Am Schalter wird man angeschrien.", "Danke. Wir sprechen mit den Leuten am Schalter."


@pytest.fixture
def coordinator(signed_in):
    return signed_in(COORDINATOR)


def test_what_a_connector_hears_is_recommended_decided_done_and_told_back(on_a_phone, coordinator, site, axe):
    invite(coordinator)
    connector = on_a_phone()
    connector.page.goto(link_in(site.letter_to(CONNECTOR, about="codesign/connector")))
    own_pages = connector.page.url
    agree(connector, axe)
    record_a_session(connector, axe)
    write_down(connector, axe)

    put_in_a_cluster(coordinator, axe)
    recommend(coordinator, axe)
    decide(coordinator, axe)
    do(coordinator, axe)

    connector.page.goto(own_pages)
    fate = connector.page.locator("main li", has_text=INSIGHT).locator("ol.fate")
    for word in (RECOMMENDATION, ANSWER, MEASURE):
        assert word in fate.inner_text()
    assert well_made(connector, axe) == []
    fate.get_by_role("link").first.click()
    connector.page.wait_for_url("**/codesign/*/#r1")
    read_the_account(connector, axe)
    assert [connector.complaints, coordinator.complaints] == [[], []]


def test_somebody_drops_something_into_the_box_and_reads_the_answer_with_the_receipt(
    on_a_phone, coordinator, axe
):
    sender = on_a_phone()
    sender.go("hubs/hamm/codesign/")
    sender.follow(LISTENING, within="main")
    sender.follow("Easy to read", within="main")
    sender.page.wait_for_url("**/easy/")
    assert well_made(sender, axe) == []
    sender.follow("Say something", within="main")
    sender.page.wait_for_url("**/box/")
    assert well_made(sender, axe) == []
    time.sleep(AT_LEAST + 0.5)
    sender.write("What do you want to say?", WHISPERED)
    sender.press("Put it in the box")
    code = sender.page.locator(".outcome-code").inner_text()
    assert well_made(sender, axe) == []

    answer_the_sender(coordinator, axe)
    reader = on_a_phone()  # nobody knows that it is the same person
    reader.go("codesign/box/")
    reader.write("Your receipt code", code.lower().replace("-", " "))
    reader.press("Show me")
    assert REPLY in reader.text()
    assert reader.say("The office has not read it yet. Please look again in some days.") not in reader.text()
    assert well_made(reader, axe) == []
    assert [each.page.context.cookies() for each in (sender, reader)] == [[], []]
    assert [each.complaints for each in (sender, reader, coordinator)] == [[], [], []]


def invite(coordinator: Visitor) -> None:
    """The office keeps a name and an address, no more."""
    coordinator.go("office/hamm/codesign/connectors/new/")
    coordinator.page.locator("main input[name=name]").fill("Example connector")
    coordinator.page.locator("main input[name=email]").fill(CONNECTOR)
    coordinator.page.locator("main select[name=language]").select_option("de")
    send(coordinator, "email")


def agree(connector: Visitor, axe: str) -> None:
    """To be on the roster; what else they say of themselves is theirs."""
    assert well_made(connector, axe) == []
    connector.press("Yes, I would like to")
    assert well_made(connector, axe) == []
    connector.page.locator("main textarea[name=communities]").fill("Tamilische Familien")
    send(connector, "communities")


def record_a_session(connector: Visitor, axe: str) -> None:
    """One that took place: who came, by number."""
    connector.follow("Record a session", within="main")
    connector.page.wait_for_url("**/sessions/new/")
    assert well_made(connector, axe) == []
    connector.page.locator("main select[name=process]").select_option(label=LISTENING)
    connector.page.locator("main input[name=title]").fill("Tee nach der Schule")
    connector.page.locator("main input[name=place]").fill("Familienzentrum")
    connector.page.locator("main input[name=attended]").fill("17")
    connector.page.locator("main textarea[name=by_language]").fill("Tamil 12\nTürkisch 5")
    send(connector, "attended")
    assert "Tee nach der Schule" in connector.heading()
    assert connector.page.locator("main input[name=attended]").input_value() == "17"
    assert well_made(connector, axe) == []


def write_down(connector: Visitor, axe: str) -> None:
    """The session they come from is chosen already: a sentence and a button."""
    connector.follow("Write down what you heard", within="main")
    connector.page.wait_for_url("**/insights/new/**")
    assert well_made(connector, axe) == []
    connector.page.locator("main textarea[name=text]").fill(INSIGHT)
    send(connector, "where")
    assert INSIGHT in connector.text() and "Tee nach der Schule" in connector.text()
    assert well_made(connector, axe) == []


def put_in_a_cluster(coordinator: Visitor, axe: str) -> None:
    coordinator.go("office/hamm/codesign/")
    coordinator.follow(LISTENING, within="main")
    coordinator.follow("Clusters", within="main")
    coordinator.follow("Make a cluster", within="main")
    coordinator.page.locator("main input[name=name]").fill(CLUSTER)
    send(coordinator, "name")
    heard = coordinator.page.locator("main li", has_text=INSIGHT)
    heard.locator("select[name=cluster]").select_option(label=CLUSTER)
    heard.locator("button[type=submit]").click()
    coordinator.page.wait_for_load_state("networkidle")
    assert INSIGHT in coordinator.page.locator("main section", has=heading(coordinator, CLUSTER)).inner_text()
    assert coordinator.findings(axe) == []


def recommend(coordinator: Visitor, axe: str) -> None:
    """Written from the cluster, and handed to those who answer."""
    coordinator.page.locator("main a[href*='recommendations/new/?cluster=']").click()
    assert coordinator.page.locator("main input[name=clusters]:checked").count() == 1
    coordinator.page.locator("main input[name=title]").fill(RECOMMENDATION)
    assert coordinator.findings(axe) == []
    send(coordinator, "title")
    coordinator.page.locator("main").get_by_role("link", name=RECOMMENDATION).click()
    coordinator.follow("Hand it over", within="main")
    coordinator.page.locator("main input[name=department]").fill("Sozialamt")
    send(coordinator, "department")
    assert coordinator.findings(axe) == []


def decide(coordinator: Visitor, axe: str) -> None:
    coordinator.follow("Answer it", within="main")
    coordinator.page.locator("main input[name=verdict][value=accepted]").check()
    coordinator.page.locator("main textarea[name=text]").fill(ANSWER)
    coordinator.page.locator("main input[name=due]").fill(day_in(90))
    assert coordinator.findings(axe) == []
    send(coordinator, "verdict")
    assert ANSWER in coordinator.text()


def do(coordinator: Visitor, axe: str) -> None:
    """A measure, whose department and day follow from the answer, and its end."""
    coordinator.follow("Add a measure", within="main")
    coordinator.page.locator("main input[name=title]").fill(MEASURE)
    assert coordinator.page.locator("main input[name=who]").input_value() == "Sozialamt"
    assert coordinator.page.locator("main input[name=due]").input_value() == day_in(90)
    send(coordinator, "title")
    coordinator.page.locator("main a[href$='/step/']").click()
    coordinator.page.locator("main input[name=state][value=done]").check()
    coordinator.page.locator("main textarea[name=text]").fill("Alle zehn sind im Umlauf.")
    assert coordinator.findings(axe) == []
    send(coordinator, "state")
    assert coordinator.findings(axe) == []


def read_the_account(anybody: Visitor, axe: str) -> None:
    """What was heard, recommended, decided and done, on one page, and in numbers alone what people said."""
    page = anybody.page
    assert "17" in page.locator("#heard").inner_text()
    assert INSIGHT not in anybody.text()
    asked = page.locator("#r1").inner_text()
    for word in (RECOMMENDATION, "Sozialamt", ANSWER, MEASURE, "Alle zehn sind im Umlauf."):
        assert word in asked
    assert well_made(anybody, axe) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert anybody.overflow() == []


def answer_the_sender(coordinator: Visitor, axe: str) -> None:
    coordinator.go("office/hamm/codesign/")
    coordinator.follow(LISTENING, within="main")
    coordinator.follow("Box", within="main")
    coordinator.page.locator("main").get_by_role("link", name=WHISPERED).click()
    coordinator.follow("Answer the sender", within="main")
    coordinator.page.locator("main textarea[name=text]").fill(REPLY)
    send(coordinator, "text")
    assert REPLY in coordinator.text()
    assert coordinator.findings(axe) == []


def send(visitor: Visitor, field: str) -> None:
    """The form that has this field, which is taken: the next page is another one."""
    form = visitor.page.locator(f"main form:has([name={field}])")
    before = visitor.page.url
    form.locator("button[type=submit]:not([name])").first.click()
    visitor.page.wait_for_url(lambda url: url != before)


def heading(visitor: Visitor, text: str):
    return visitor.page.get_by_role("heading", name=text)


def day_in(days: int) -> str:
    return (dt.date.today() + dt.timedelta(days=days)).isoformat()


def well_made(visitor: Visitor, axe: str) -> list[str]:
    """Nothing out of the phone's width, nothing that axe-core finds serious."""
    return [*visitor.findings(axe), *visitor.overflow()]
