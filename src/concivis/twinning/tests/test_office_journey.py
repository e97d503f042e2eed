import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.journey import add_proof, finish_step, skip_step, start_journey
from concivis.twinning.actions.journey_order import add_hub_step
from concivis.twinning.enums import ContactRole, ProofKind
from concivis.twinning.models import Contact, HubStep, Journey, Proof

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = dt.date(2026, 5, 4)


@pytest.fixture(autouse=True)
def on_a_day(time_machine):
    time_machine.move_to("2026-05-04T10:00:00Z", tick=False)


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def partner_hub():
    return HubFactory(name="Farville")


@pytest.fixture
def tie(hub, partner_hub):
    made = factories.partnership(hub.place, partner_hub.place, hub=hub)
    factories.trusted(made, partner_hub)
    return made


@pytest.fixture
def editor(hub):
    return MembershipFactory(hub=hub, role="editor", user=UserFactory(name="E. Ditor")).user


@pytest.fixture
def partner(partner_hub):
    return MembershipFactory(hub=partner_hub, role="editor", user=UserFactory(name="P. Artner")).user


@pytest.fixture
def walk(tie):
    return start_journey(by=None, partnership=tie)


def at(hub, tie, name, *args):
    return reverse(f"twinning:{name}", args=[hub.slug, tie.public_id, *args])


def page(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


def step(walk, code):
    return walk.steps.get(code=code)


A_NOTE = {"kind": "note", "title": "First visit", "date": "2026-05-02", "text": "Two days together"}


def prove(of, **facts):
    return add_proof(step=of, kind=ProofKind.NOTE, title="A note", text="Done", date=TODAY, **facts)


def test_who_may_walk_the_ten_steps(hub, tie, walk):
    of = step(walk, "europe")
    proof = prove(of)
    own = add_hub_step(by=None, hub=hub, title="Ask the districts", language="en")
    a_step = {"title": "Thank everybody", "language": "en"}
    remove = at(hub, tie, "office_step_remove_proof", of.pk, proof.pk)
    rows = [
        # anonymous, stranger | observer, partner city, contributor, editor, coordinator | coordinator elsewhere
        ("GET", at(hub, tie, "office_journey"), "login 404 200 200 200 200 200 404"),
        ("POST", at(hub, tie, "office_journey_start"), "login 404 403 403 403 302 302 404"),
        ("GET", at(hub, tie, "office_step", of.pk), "login 404 200 200 200 200 200 404"),
        ("POST", at(hub, tie, "office_step", of.pk), "login 404 403 403 403 302 302 404", A_NOTE),
        ("POST", at(hub, tie, "office_step_finish", of.pk), "login 404 403 403 403 302 302 404"),
        (
            "POST",
            at(hub, tie, "office_step_skip", of.pk),
            "login 404 403 403 403 302 302 404",
            {"reason": "no"},
        ),
        ("POST", at(hub, tie, "office_step_reopen", of.pk), "login 404 403 403 403 302 302 404"),
        ("POST", at(hub, tie, "office_step_care", of.pk), "login 404 403 403 403 302 302 404"),
        ("GET", remove, "login 404 403 403 403 200 200 404"),
        ("POST", remove, "login 404 403 403 403 302 302 404"),
        (
            "GET",
            reverse("twinning:office_journey_steps", args=[hub.slug]),
            "login 404 403 403 403 200 200 404",
        ),
        (
            "POST",
            reverse("twinning:office_journey_steps", args=[hub.slug]),
            "login 404 403 403 403 302 302 404",
            a_step,
        ),
        (
            "POST",
            reverse("twinning:office_journey_step_retire", args=[hub.slug, own.pk]),
            "login 404 403 403 403 302 302 404",
        ),
    ]
    assert_permission_table(people_around(hub), rows)


def test_the_other_sides_office_reads_and_adds_evidence_but_does_not_finish(partner_hub, tie, walk):
    of = step(walk, "europe")
    theirs = partner_hub
    rows = [
        ("GET", at(theirs, tie, "office_journey"), "login 404 200 200 200 200 200 404"),
        ("GET", at(theirs, tie, "office_step", of.pk), "login 404 200 200 200 200 200 404"),
        ("POST", at(theirs, tie, "office_step", of.pk), "login 404 403 403 403 302 302 404", A_NOTE),
        ("POST", at(theirs, tie, "office_step_finish", of.pk), "login 404 403 403 403 403 403 404"),
        ("POST", at(theirs, tie, "office_step_care", of.pk), "login 404 403 403 403 403 403 404"),
        ("POST", at(theirs, tie, "office_journey_start"), "login 404 403 403 403 403 403 404"),
    ]
    assert_permission_table(people_around(theirs), rows)


def test_before_the_journey_the_page_explains_the_steps_and_begins_it(client, hub, tie, editor):
    shown = page(client, editor, at(hub, tie, "office_journey"))
    assert "Find the suitable partner" in shown
    assert "Begin the journey" in shown
    client.post(at(hub, tie, "office_journey_start"))
    assert Journey.objects.filter(partnership=tie).exists()


def test_the_other_side_is_told_who_can_begin(client, partner_hub, tie, partner):
    shown = page(client, partner, at(partner_hub, tie, "office_journey"))
    assert "The office that keeps this partnership can begin them." in shown
    assert "Begin the journey" not in shown


def test_the_list_says_how_far_the_partners_are(client, hub, tie, walk, editor):
    prove(step(walk, "suitable-partner"))
    finish_step(by=editor, step=step(walk, "suitable-partner"))
    skip_step(by=editor, step=step(walk, "groundwork"), reason="Decided by the council")
    shown = page(client, editor, at(hub, tie, "office_journey"))
    assert "1 of 10 steps are done, left out: 1" in shown
    assert "Left out: Decided by the council" in shown


def test_an_overdue_step_says_so_in_words(client, hub, tie, walk, editor, time_machine):
    time_machine.move_to("2026-07-04T10:00:00Z", tick=False)
    assert "overdue since July 3, 2026" in page(client, editor, at(hub, tie, "office_journey"))


def test_both_offices_see_the_same_progress(client, partner_hub, tie, walk, partner):
    assert "0 of 10 steps are done" in page(client, partner, at(partner_hub, tie, "office_journey"))


def test_a_step_says_what_counts_and_what_is_missing(client, hub, tie, walk, editor):
    shown = page(client, editor, at(hub, tie, "office_step", step(walk, "plan").pk))
    assert "The decision on the plan" in shown
    assert "The plan must cover at least two years" in shown
    assert "This step is done" not in shown


def test_evidence_of_the_office_stands_there_with_its_side_and_author(client, hub, tie, walk, editor):
    client.force_login(editor)
    address = at(hub, tie, "office_step", step(walk, "europe").pk)
    assert client.post(address, A_NOTE).status_code == 302
    proof = Proof.objects.get()
    assert (proof.side.place, proof.added_by) == (hub.place, editor)
    shown = client.get(address).content.decode()
    assert f"Given by E. Ditor, {hub.place.name}" in shown
    assert "Two days together" in shown


def test_evidence_of_the_other_side_stands_beside_it(client, hub, partner_hub, tie, walk, editor, partner):
    of = step(walk, "europe")
    client.force_login(partner)
    client.post(at(partner_hub, tie, "office_step", of.pk), A_NOTE)
    shown = page(client, editor, at(hub, tie, "office_step", of.pk))
    assert f"Given by P. Artner, {partner_hub.place.name}" in shown
    assert "Take away" not in shown


def test_a_side_cannot_take_the_others_evidence_away(client, hub, partner_hub, tie, walk, editor, partner):
    of = step(walk, "europe")
    client.force_login(partner)
    client.post(at(partner_hub, tie, "office_step", of.pk), A_NOTE)
    client.force_login(editor)
    remove = at(hub, tie, "office_step_remove_proof", of.pk, Proof.objects.get().pk)
    assert client.post(remove).status_code == 403


def test_a_day_that_has_not_come_is_refused_and_what_was_written_stays(client, hub, tie, walk, editor):
    client.force_login(editor)
    address = at(hub, tie, "office_step", step(walk, "europe").pk)
    shown = client.post(address, {**A_NOTE, "date": "2026-05-05"}).content.decode()
    assert "This day has not come yet." in shown
    assert "Two days together" in shown
    assert Proof.objects.count() == 0


def test_a_finished_step_can_be_opened_again(client, hub, tie, walk, editor):
    of = step(walk, "europe")
    prove(of)
    client.force_login(editor)
    client.post(at(hub, tie, "office_step_finish", of.pk))
    assert step(walk, "europe").state == "done"
    assert "Open this step again" in client.get(at(hub, tie, "office_step", of.pk)).content.decode()
    client.post(at(hub, tie, "office_step_reopen", of.pk))
    assert step(walk, "europe").state == "open"


def test_leaving_out_needs_a_reason(client, hub, tie, walk, editor):
    client.force_login(editor)
    shown = client.post(at(hub, tie, "office_step_skip", step(walk, "europe").pk), {"reason": ""})
    assert "Please look at one thing" in shown.content.decode()
    assert step(walk, "europe").state == "open"


def test_a_step_has_a_day_and_somebody_who_looks_after_it(client, hub, tie, walk, editor):
    person = Contact.objects.create(
        side=tie.sides.get(position=0), role=ContactRole.YOUTH, name="Y. Outh", in_team=True
    )
    of = step(walk, "europe")
    client.force_login(editor)
    client.post(at(hub, tie, "office_step_care", of.pk), {"due_on": "2026-09-01", "responsible": person.pk})
    shown = client.get(at(hub, tie, "office_step", of.pk)).content.decode()
    assert "due on Sept. 1, 2026" in shown
    assert f"looked after by Y. Outh, {hub.place.name}" in shown


def test_the_other_side_reads_the_role_not_the_name_of_who_did_not_agree(
    client, partner_hub, tie, walk, partner
):
    person = Contact.objects.create(
        side=tie.sides.get(position=0), role=ContactRole.YOUTH, name="Y. Outh", in_team=True
    )
    walk.steps.filter(code="europe").update(responsible=person)
    shown = page(client, partner, at(partner_hub, tie, "office_journey"))
    assert "Y. Outh" not in shown
    assert f"youth, {tie.sides.get(position=0).place.name}" in shown


def test_somebody_of_another_partnership_cannot_be_chosen(client, hub, tie, walk, editor):
    other = Contact.objects.create(
        side=factories.partnership().sides.get(position=0), role=ContactRole.YOUTH, name="S. Tranger"
    )
    client.force_login(editor)
    client.post(at(hub, tie, "office_step_care", step(walk, "europe").pk), {"responsible": other.pk})
    assert step(walk, "europe").responsible is None


def test_a_step_of_another_partnership_is_not_found(client, hub, tie, walk, editor):
    other = start_journey(by=None, partnership=factories.partnership(hub.place, PlaceFactory(), hub=hub))
    client.force_login(editor)
    assert client.get(at(hub, tie, "office_step", step(other, "europe").pk)).status_code == 404


def test_a_step_of_the_hubs_own_is_read_in_its_language(client, hub, tie, walk, editor):
    client.force_login(editor)
    added = {"title": "Die Ortsteile fragen", "aim": "Wer mitmacht", "language": "de", "after": "citizens"}
    client.post(reverse("twinning:office_journey_steps", args=[hub.slug]), added)
    shown = client.get(at(hub, tie, "office_journey")).content.decode()
    assert 'lang="de" dir="ltr">Die Ortsteile fragen</a>' in shown
    own = client.get(reverse("twinning:office_journey_steps", args=[hub.slug])).content.decode()
    assert "After: Involve citizens and community" in own


def test_retiring_asks_before_it_does(client, hub, editor):
    own = add_hub_step(by=None, hub=hub, title="Ask the districts", language="en")
    address = reverse("twinning:office_journey_step_retire", args=[hub.slug, own.pk])
    assert "Retire “Ask the districts”?" in page(client, editor, address)
    client.post(address)
    assert HubStep.objects.get(pk=own.pk).retired_at is not None


def test_another_hubs_step_cannot_be_retired(client, hub, editor):
    own = add_hub_step(by=None, hub=HubFactory(), title="Ask the districts", language="en")
    client.force_login(editor)
    address = reverse("twinning:office_journey_step_retire", args=[hub.slug, own.pk])
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_step_costs_the_same_whatever_was_given(
    client, hub, tie, walk, editor, django_assert_max_num_queries, pieces
):
    of = step(walk, "europe")
    for _ in range(pieces):
        prove(of, by=editor)
    client.force_login(editor)
    with django_assert_max_num_queries(14):  # the session is elsewhere on SQLite
        client.get(at(hub, tie, "office_step", of.pk))


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_list_of_steps_costs_the_same_whatever_was_given(
    client, hub, tie, walk, editor, django_assert_max_num_queries, pieces
):
    for _ in range(pieces):
        prove(step(walk, "europe"))
        add_hub_step(by=None, hub=hub, title="Ask", language="en")
    client.force_login(editor)
    with django_assert_max_num_queries(7):  # the session is elsewhere on SQLite
        client.get(at(hub, tie, "office_journey"))


def test_an_office_that_the_keeper_does_not_trust_reads_nothing_of_it(
    client, partner_hub, tie, walk, partner
):
    tie.sides.update(office=None)
    of = step(walk, "europe")
    prove(of)
    for address in (at(partner_hub, tie, "office_journey"), at(partner_hub, tie, "office_step", of.pk)):
        assert "The sides share this among themselves" in page(client, partner, address)
    assert client.post(at(partner_hub, tie, "office_step", of.pk), A_NOTE).status_code == 403


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def sent_file(content, name="decision.pdf"):
    return {**A_NOTE, "kind": "file", "title": "The decision", "file": SimpleUploadedFile(name, content)}


def test_a_file_given_as_evidence_is_a_document_of_its_side(client, partner_hub, tie, walk, partner):
    client.force_login(partner)
    address = at(partner_hub, tie, "office_step", step(walk, "europe").pk)
    assert client.post(address, sent_file(PDF)).status_code == 302
    document = tie.documents.get()
    assert (document.title, document.side.position, document.is_public) == ("The decision", 1, False)
    assert at(partner_hub, tie, "office_document", document.public_id) in client.get(address).content.decode()


def test_a_program_is_no_evidence(client, hub, tie, walk, editor):
    client.force_login(editor)
    address = at(hub, tie, "office_step", step(walk, "europe").pk)
    shown = client.post(address, sent_file(b"MZ\x90\x00" + bytes(200))).content.decode()
    assert "field-wrong" in shown
    assert (Proof.objects.count(), tie.documents.count()) == (0, 0)


def test_a_file_without_a_file_is_refused_beside_its_field(client, hub, tie, walk, editor):
    client.force_login(editor)
    address = at(hub, tie, "office_step", step(walk, "europe").pk)
    assert "Choose the file." in client.post(address, {**A_NOTE, "kind": "file"}).content.decode()
