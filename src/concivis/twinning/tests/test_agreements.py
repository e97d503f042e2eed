import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Delivery, RecordLine
from concivis.hubs.record_words import sentence
from concivis.hubs.webhooks import create_webhook
from concivis.places.factories import PlaceFactory
from concivis.twinning import agreement_changes, agreement_pdf, agreements, factories
from concivis.twinning.actions import agreements as act
from concivis.twinning.actions import objectives
from concivis.twinning.enums import AgreementState
from concivis.twinning.models import Agreement, Approval
from concivis.twinning.policies import Acting
from concivis.twinning.tests.reading_pdf import words_of
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def on_a_day(time_machine):
    time_machine.move_to("2026-05-04T10:00:00Z", tick=False)


@pytest.fixture
def tie():
    hub = HubFactory(
        place=PlaceFactory(name="Hamm", country__code="DE"), language="de", timezone="Europe/Berlin"
    )
    return factories.partnership(hub.place, PlaceFactory(name="Toul", country__code="FR"), hub=hub)


@pytest.fixture
def office(tie):
    return Acting(tie.sides.get(position=0), UserFactory())


@pytest.fixture
def partner(tie):
    """The holder of a mailed key."""
    return Acting(tie.sides.get(position=1), None, "A. Partner, town hall")


def whole(agreement) -> Agreement:
    return agreements.complete(Agreement.objects.all()).get(pk=agreement.pk)


def drafted(tie, **facts) -> Agreement:
    return whole(act.draft_agreement(by=None, partnership=tie, **facts))


def agree_on_objective(office, partner):
    objective = objectives.propose_objective(
        acting=office,
        partnership=office.side.partnership,
        text="Zwei Jugendaustausche im Jahr",
        measure="gezählte Austausche",
        language="de",
        due_on=dt.date(2027, 12, 31),
    )
    objectives.approve(acting=partner, objective=objective)


@pytest.fixture
def proposed(tie, office, partner):
    agree_on_objective(office, partner)
    return act.propose_agreement(acting=office, agreement=drafted(tie))


# --- the draft ---------------------------------------------------------------------------------------------


def test_a_first_draft_has_the_model_articles_in_the_languages_of_both_sides(tie):
    draft = drafted(tie)
    assert (draft.version, draft.languages) == (1, ["de", "fr"])
    assert draft.title == {
        "de": "Partnerschaftsvereinbarung zwischen Hamm und Toul",
        "fr": "Accord de partenariat entre Hamm et Toul",
    }
    assert [article.code for article in draft.articles.all()] == [
        "preamble",
        "purposes",
        "fields",
        "objectives",
        "youth",
        "team",
        "costs",
        "review",
        "duration",
        "languages",
        "signatures",
    ]


def test_the_model_names_the_fields_of_work_in_each_language(tie):
    field = TermFactory(scheme__code="field")
    field.labels.all().delete()
    for language, label in {"de": "Jugend", "fr": "jeunesse", "en": "youth"}.items():
        field.labels.create(language=language, label=label)
    tie.fields.add(field)
    body = drafted(tie).articles.get(code="fields").body
    assert "auf diesen Feldern zusammen: Jugend." in body["de"]
    assert "suivants : jeunesse." in body["fr"]


def test_an_agreement_limited_in_time_says_until_when(tie):
    tie.valid_until = dt.date(2031, 12, 31)
    tie.save()
    body = drafted(tie).articles.get(code="duration").body
    assert "bis zum 31. Dezember 2031" in body["de"]
    assert "jusqu’au 31 décembre 2031" in body["fr"]


@pytest.mark.parametrize("language", agreements.model_languages())
def test_every_model_article_is_written_in_every_language_and_no_placeholder_stays(tie, language):
    draft = drafted(tie, languages=[language, "pl"])
    texts = [text[language] for article in draft.articles.all() for text in (article.heading, article.body)]
    assert all(texts)
    assert [text for text in texts if "{" in text.replace(agreements.OBJECTIVES, "")] == []


def test_a_place_called_like_a_placeholder_stays_as_it_is(tie):
    tie.sides.get(position=1).place.__class__.objects.filter(name="Toul").update(name="{fields}")
    assert drafted(tie).title["de"] == "Partnerschaftsvereinbarung zwischen Hamm und {fields}"


def test_a_language_without_a_model_must_be_written(tie, office):
    draft = drafted(tie, languages=["de", "pl"])
    with pytest.raises(ValidationError) as error:
        act.propose_agreement(acting=office, agreement=draft)
    assert "The title in Polish." in error.value.messages
    assert "The article “Zwecke” in Polish." in error.value.messages


@pytest.mark.parametrize("languages", [[], ["klingon!"], ["de", "fr", "it", "ro", "en"]])
def test_languages_are_few_and_have_a_tag(tie, languages):
    with pytest.raises(ValidationError, match="language"):
        act.draft_agreement(by=None, partnership=tie, languages=languages)


def test_there_is_one_draft_at_a_time(tie):
    drafted(tie)
    with pytest.raises(ValidationError, match="There is a draft already"):
        drafted(tie)


def test_articles_are_changed_added_moved_and_removed(tie):
    draft = drafted(tie)
    act.change_article(
        by=None, article=draft.articles.get(code="youth"), heading={"de": " Jugend "}, body={"xx": "no"}
    )
    added = act.add_article(by=None, agreement=draft, heading={"de": "Haftung"}, body={"de": "Keine."})
    act.move_article(by=None, article=added, earlier=True)
    act.remove_article(by=None, article=draft.articles.get(code="costs"))
    draft = whole(draft)
    assert [article.heading["de"] for article in draft.articles.all()][3:] == [
        "Gemeinsame Ziele",
        "Jugend",
        "Wer sich kümmert",
        "Jährlicher Rückblick",
        "Dauer, Aussetzen und Ende",
        "Haftung",
        "Sprachen",
        "Unterschriften",
    ]
    assert draft.articles.get(code="youth").body == {"de": "", "fr": ""}


def test_a_discarded_draft_leaves_a_line_in_the_record(tie):
    act.discard_draft(by=None, agreement=drafted(tie))
    assert Agreement.objects.count() == 0
    assert RecordLine.objects.filter(action="agreement.discarded").get().details == {"version": 1}


# --- both sides --------------------------------------------------------------------------------------------


def test_without_an_agreed_objective_the_article_about_them_cannot_be_proposed(tie, office):
    with pytest.raises(ValidationError, match="A common objective that all sides agreed on"):
        act.propose_agreement(acting=office, agreement=drafted(tie))


def test_what_is_proposed_holds_the_objectives_of_that_day(proposed, office):
    objective = proposed.partnership.objectives.get()
    objectives.close_objective(acting=office, objective=objective, reached=True, result="Done")
    [told] = agreements.objectives_of(whole(proposed))
    assert (told.text, told.details) == (
        "Zwei Jugendaustausche im Jahr",
        "gezählte Austausche; bis 31. Dezember 2027",
    )


def test_the_proposing_side_has_approved_and_the_other_is_awaited(proposed, partner):
    assert proposed.state == AgreementState.PROPOSED
    assert agreements.awaited(whole(proposed)) == [partner.side]


def test_a_proposed_version_can_no_longer_be_changed(proposed):
    article = proposed.articles.first()
    with pytest.raises(ValidationError, match="can no longer be changed"):
        act.change_article(by=None, article=article, heading={}, body={})
    with pytest.raises(ValidationError, match="can no longer be changed"):
        act.remove_article(by=None, article=article)
    with pytest.raises(ValidationError, match="can no longer be changed"):
        act.discard_draft(by=None, agreement=proposed)


def test_the_last_sides_approval_makes_it_agreed_and_tells_the_offices_programs(proposed, partner):
    hub = proposed.partnership.hub
    create_webhook(by=None, hub=hub, url="https://example.org/hook", events=[act.AGREED_EVENT])
    agreed = act.approve_agreement(acting=partner, agreement=proposed)
    assert agreed.state == AgreementState.AGREED
    assert Approval.objects.get(agreement=agreed, side=partner.side).given_as == "A. Partner, town hall"
    assert Delivery.objects.get().payload == {"partnership": proposed.partnership.public_id, "version": 1}


def test_approving_twice_changes_nothing(proposed, office):
    lines = RecordLine.objects.count()
    act.approve_agreement(acting=office, agreement=proposed)
    assert (RecordLine.objects.count(), Approval.objects.filter(agreement=proposed).count()) == (lines, 1)


def test_a_side_of_another_partnership_approves_nothing(proposed):
    stranger = Acting(factories.partnership().sides.first(), UserFactory())
    with pytest.raises(ValidationError, match="does not belong"):
        act.approve_agreement(acting=stranger, agreement=proposed)


def test_only_what_all_sides_approved_is_signed(proposed):
    with pytest.raises(ValidationError, match="Only a version that all sides approved"):
        act.mark_signed(by=None, agreement=proposed)


def test_a_new_version_begins_with_the_latest_and_replaces_it_step_by_step(proposed, office, partner, tie):
    act.approve_agreement(acting=partner, agreement=proposed)
    act.mark_signed(by=None, agreement=proposed)
    second = drafted(tie)
    youth = second.articles.get(code="youth")
    act.change_article(
        by=None, article=youth, heading=youth.heading, body={**youth.body, "de": "Junge Menschen zuerst."}
    )
    assert state_of(proposed) == AgreementState.SIGNED
    act.propose_agreement(acting=office, agreement=second)
    act.approve_agreement(acting=partner, agreement=second)
    assert state_of(proposed) == AgreementState.SIGNED  # in force until the new one is signed
    act.mark_signed(by=None, agreement=second)
    assert [state_of(proposed), state_of(second)] == [AgreementState.REPLACED, AgreementState.SIGNED]


def state_of(agreement) -> str:
    return Agreement.objects.get(pk=agreement.pk).state


def test_a_proposal_that_nobody_answered_is_replaced_by_the_next(proposed, office, partner, tie):
    act.propose_agreement(acting=office, agreement=drafted(tie))
    assert state_of(proposed) == AgreementState.REPLACED
    with pytest.raises(ValidationError, match="not open for approval"):
        act.approve_agreement(acting=partner, agreement=proposed)


def test_the_record_says_what_was_done_without_a_persons_name(proposed, partner):
    act.approve_agreement(acting=partner, agreement=proposed)
    lines = [
        sentence(line) for line in RecordLine.objects.filter(action__startswith="agreement.").order_by("pk")
    ]
    assert lines == [
        "drafted version 1 of the agreement",
        "proposed version 1 of the agreement for Hamm",
        "approved version 1 of the agreement for Hamm",
        "approved version 1 of the agreement for Toul",
        "gave the last approval: version 1 of the agreement is agreed by all sides",
    ]


# --- two versions ------------------------------------------------------------------------------------------


def test_two_versions_are_compared_word_by_word(proposed, tie):
    second = drafted(tie)
    youth = second.articles.get(code="youth")
    new = youth.body["de"].replace("regelmäßig", "jedes Jahr")
    act.change_article(by=None, article=youth, heading=youth.heading, body={**youth.body, "de": new})
    act.remove_article(by=None, article=second.articles.get(code="costs"))
    act.add_article(by=None, agreement=second, heading={"de": "Haftung"}, body={"de": "Keine."})
    changes = agreement_changes.compare(whole(proposed), whole(second))
    changed = {(change.number, change.kind) for change in changes if change.changed}
    assert changed == {("4.", "same"), ("6.", "removed"), ("9.", "added")}
    german = next(change for change in changes if change.number == "4.").texts[0]
    assert [(piece.kind, piece.text) for piece in german.body if piece.kind != "same"] == [
        ("removed", "regelmäßig"),
        ("added", "jedes Jahr"),
    ]


# --- the document ------------------------------------------------------------------------------------------


def test_the_document_holds_both_texts_tagged_with_title_and_language(proposed):
    made = agreement_pdf.pdf(whole(proposed))
    for part in (
        b"/MarkInfo<</Marked true",
        b"/StructTreeRoot",
        b"/DisplayDocTitle true",
        b"<pdfuaid:part>1<",
    ):
        assert part in made
    assert b"/Lang(de)" in made
    assert b"/Lang(fr)" in made
    words = words_of(made)
    for text in (
        "Partnerschaftsvereinbarung zwischen Hamm und Toul",
        "Accord de partenariat entre Hamm et Toul",
        "Vorgeschlagen, noch nicht vereinbart",
        "Zwei Jugendaustausche im Jahr",
        "Die Vereinbarung ist ein öffentlich gegebenes Versprechen.",
        "Lieu et date",
        "Fassung 1, 4. Mai 2026",
    ):
        assert text in words


def test_what_looks_like_the_typesetters_commands_is_only_text(tie):
    hostile = '#import "/etc/passwd" ] $x^2$ #panic() \\ *bold* _it_ <label> @ref `code` // off'
    draft = drafted(tie, languages=["en"])
    act.change_article(
        by=None, article=draft.articles.first(), heading={"en": "] #read"}, body={"en": hostile}
    )
    words = words_of(agreement_pdf.pdf(whole(draft)))
    assert '#import "/etc/passwd" ] $x^2$ #panic() \\ *bold* _it_ <label> @ref `code` // off' in words
    assert "] #read" in words


def test_an_unfinished_draft_can_be_printed(tie):
    draft = drafted(tie, languages=["xx", "pl", "de"])
    assert "Entwurf" in words_of(agreement_pdf.pdf(whole(draft)))


def test_a_language_from_right_to_left_is_marked_as_such(tie):
    draft = drafted(tie, languages=["de", "ar"])
    act.change_title(by=None, agreement=draft, title={"de": "Vertrag", "ar": "اتفاقية"})
    assert b"/Lang(ar)" in agreement_pdf.pdf(whole(draft))
    given = agreement_pdf._given(whole(draft))
    assert [text["rtl"] for text in given["texts"]] == [False, True]


def test_a_sign_that_no_font_has_costs_no_document(tie):
    draft = drafted(tie, languages=["en"])
    act.change_title(by=None, agreement=draft, title={"en": "Partners \U000f0000"})
    assert b"/StructTreeRoot" in agreement_pdf.pdf(whole(draft))


def test_the_files_name_says_whose_agreement_it_is(proposed):
    assert agreement_pdf.filename(whole(proposed)) == "hamm-toul-agreement-1.pdf"


def test_a_text_that_repeats_one_word_is_compared_at_once():
    before, after = "a " * 4000, "a " * 3999 + "b"
    assert agreement_changes.words(before, after) == [
        agreement_changes.Piece("removed", before),
        agreement_changes.Piece("added", after),
    ]


def test_nobody_changes_an_article_that_was_proposed_while_they_waited(tie, monkeypatch):
    article = drafted(tie).articles.all()[0]
    locked = act._locked

    def proposed_meanwhile(partnership):
        Agreement.objects.update(state=AgreementState.PROPOSED)
        return locked(partnership)

    monkeypatch.setattr(act, "_locked", proposed_meanwhile)
    with pytest.raises(ValidationError, match="can no longer be changed"):
        act.change_article(by=None, article=article, heading={"de": "Other"}, body={})
