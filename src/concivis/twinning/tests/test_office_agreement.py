import datetime as dt

import pytest
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import agreements as act
from concivis.twinning.actions import objectives
from concivis.twinning.models import Agreement, Article
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(
        slug="hamm", name="Hamm", place=PlaceFactory(name="Hamm", country__code="DE"), language="de"
    )


@pytest.fixture
def tie(hub):
    return factories.partnership(hub.place, PlaceFactory(name="Toul", country__code="FR"), hub=hub)


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


@pytest.fixture
def sides(tie):
    return [Acting(side, UserFactory()) for side in tie.sides.all()]


@pytest.fixture
def draft(tie, sides):
    objective = objectives.propose_objective(
        acting=sides[0],
        partnership=tie,
        text="Zwei Austausche im Jahr",
        measure="Austausche",
        language="de",
        due_on=dt.date(2099, 1, 1),
    )
    objectives.approve(acting=sides[1], objective=objective)
    return act.draft_agreement(by=None, partnership=tie)


def at(name, tie, *args, slug="hamm"):
    return reverse(f"twinning:{name}", args=[slug, tie.public_id, *args])


def text_of(response) -> str:
    return response.content.decode()


def test_an_editor_begins_with_model_articles_in_both_languages(client, editor, tie):
    assert "No agreement is written yet" in text_of(client.get(at("office_agreement", tie)))
    form = client.get(at("office_agreement_new", tie)).context["form"]
    assert form.initial == {"first": "de", "second": "fr"}
    page = client.post(
        at("office_agreement_new", tie), {"first": "de", "second": "fr", "third": ""}, follow=True
    )
    assert '<div lang="fr" dir="ltr">' in text_of(page)
    assert "Bilan annuel" in text_of(page)


def test_a_language_that_is_none_is_refused(client, editor, tie):
    page = client.post(at("office_agreement_new", tie), {"first": "de", "second": "zz-nonsense"})
    assert list(page.context["form"].errors) == ["second"]
    assert Agreement.objects.count() == 0


def test_an_article_is_written_with_both_languages_side_by_side(client, editor, tie, draft):
    article = draft.articles.get(code="youth")
    address = at("office_article", tie, 1, article.pk)
    began = client.get(address).context["form"]["began"].value()
    sent = {
        "began": began,
        "heading_0": "Jugend",
        "body_0": "<b>Zuerst</b>",
        "heading_1": "Jeunesse",
        "body_1": "D’abord",
    }
    page = text_of(client.post(address, sent, follow=True))
    assert "The article is saved." in page
    assert "&lt;b&gt;Zuerst&lt;/b&gt;" in page
    article.refresh_from_db()
    assert article.heading == {"de": "Jugend", "fr": "Jeunesse"}


def test_the_second_of_two_writers_is_told_and_loses_nothing(client, editor, tie, draft):
    article = draft.articles.get(code="youth")
    address = at("office_article", tie, 1, article.pk)
    began = client.get(address).context["form"]["began"].value()
    client.post(address, {"began": began, "heading_0": "Des ersten", "body_0": "Text"})
    page = client.post(address, {"began": began, "heading_0": "Der zweiten", "body_0": "Text"})
    assert "Somebody changed this text while you were writing." in text_of(page)
    assert "Des ersten" in text_of(page)
    assert 'value="Der zweiten"' in text_of(page)
    again = page.context["form"]["began"].value()
    client.post(address, {"began": again, "heading_0": "Der zweiten", "body_0": "Text"})
    article.refresh_from_db()
    assert article.heading["de"] == "Der zweiten"


def test_an_article_moves_and_goes(client, editor, tie, draft):
    article = draft.articles.get(code="youth")
    client.post(at("office_article_move", tie, 1, article.pk), {"to": "earlier"})
    assert [each.code for each in draft.articles.all()][3:5] == ["youth", "objectives"]
    assert "Its text in all languages is lost." in text_of(
        client.get(at("office_article_remove", tie, 1, article.pk))
    )
    client.post(at("office_article_remove", tie, 1, article.pk))
    assert not Article.objects.filter(pk=article.pk).exists()


def test_what_is_missing_is_said_before_it_can_be_proposed(client, editor, tie, draft):
    act.add_article(by=None, agreement=draft, heading={"de": "Haftung"}, body={"de": "Keine."})
    page = text_of(client.get(at("office_agreement_version", tie, 1)))
    assert "The article “Haftung” in French." in page
    assert "Propose to the other side" not in page


def test_both_sides_approve_and_it_is_signed(client, editor, tie, draft):
    partner = HubFactory(place=tie.sides.last().place, slug="toul")
    factories.trusted(tie, partner)
    client.post(at("office_agreement_propose", tie, 1))
    assert "Awaiting Toul" in text_of(client.get(at("office_agreement_version", tie, 1)))
    client.force_login(MembershipFactory(hub=partner, role="coordinator").user)
    assert "Approve for Toul" in text_of(client.get(at("office_agreement_version", tie, 1, slug="toul")))
    side = tie.sides.last().pk
    client.post(at("office_agreement_approve", tie, 1, slug="toul"), {"side": side})
    assert Agreement.objects.get().state == "agreed"
    client.force_login(editor)
    client.post(at("office_agreement_signed", tie, 1))
    assert Agreement.objects.get().state == "signed"


def test_nobody_approves_for_the_other_side(client, editor, tie, draft, sides):
    act.propose_agreement(acting=sides[0], agreement=draft)
    other = tie.sides.last().pk
    response = client.post(at("office_agreement_approve", tie, 1), {"side": other})
    assert response.status_code == 403


def test_what_was_proposed_is_not_opened_for_writing(client, editor, tie, draft, sides):
    act.propose_agreement(acting=sides[0], agreement=draft)
    article = draft.articles.first()
    page = client.get(at("office_article", tie, 1, article.pk), follow=True)
    assert "can no longer be changed" in text_of(page)
    client.post(at("office_article_remove", tie, 1, article.pk))
    assert Article.objects.filter(pk=article.pk).exists()


def test_the_partners_office_sees_no_draft_and_writes_nothing(client, tie, draft):
    partner = HubFactory(place=tie.sides.last().place, slug="toul")
    client.force_login(MembershipFactory(hub=partner, role="coordinator").user)
    factories.trusted(tie, partner)
    assert "No agreement is proposed yet" in text_of(client.get(at("office_agreement", tie, slug="toul")))
    assert client.get(at("office_agreement_version", tie, 1, slug="toul")).status_code == 404
    assert client.get(at("office_agreement_pdf", tie, 1, slug="toul")).status_code == 404
    assert client.post(at("office_agreement_propose", tie, 1, slug="toul")).status_code == 403


def test_an_office_that_the_keeper_does_not_trust_reads_no_agreement(client, tie, draft, sides):
    act.propose_agreement(acting=sides[0], agreement=draft)
    stranger = HubFactory(place=tie.sides.last().place, slug="toul")
    tie.sides.update(asked_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    client.force_login(MembershipFactory(hub=stranger, role="coordinator").user)
    page = client.get(at("office_agreement_pdf", tie, 1, slug="toul"))
    assert page["Content-Type"] != "application/pdf"


def test_the_document_is_saved_under_its_name(client, editor, tie, draft):
    response = client.get(at("office_agreement_pdf", tie, 1))
    assert response.content[:5] == b"%PDF-"
    assert response["Content-Disposition"] == 'attachment; filename="hamm-toul-agreement-1.pdf"'


def test_two_versions_are_compared_with_what_was_added_and_removed(client, editor, tie, draft, sides):
    act.propose_agreement(acting=sides[0], agreement=draft)
    second = act.draft_agreement(by=None, partnership=tie)
    youth = second.articles.get(code="youth")
    new = youth.body["de"].replace("regelmäßig", "jedes Jahr")
    act.change_article(by=None, article=youth, heading=youth.heading, body={**youth.body, "de": new})
    page = text_of(client.get(at("office_agreement_compare", tie) + "?from=1&to=2"))
    assert "<del>regelmäßig</del><ins>jedes Jahr</ins>" in page
    assert "10 articles are the same in both." in page


@pytest.mark.parametrize("query", ["", "?from=x&to=99999999999", "?from=7"])
def test_versions_that_are_not_there_compare_nothing_and_fail_nothing(client, editor, tie, draft, query):
    page = client.get(at("office_agreement_compare", tie) + query)
    assert "No article differs." in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_costs_the_same_however_many(
    client, editor, tie, draft, sides, count, django_assert_max_num_queries
):
    act.propose_agreement(acting=sides[0], agreement=draft)
    for _ in range(count - 1):
        act.propose_agreement(acting=sides[0], agreement=act.draft_agreement(by=None, partnership=tie))
    client.get(at("office_agreement", tie))
    with django_assert_max_num_queries(10):  # the session is elsewhere on SQLite
        client.get(at("office_agreement", tie))


def test_who_may_open_which_page_of_the_agreement(hub, tie, draft):
    pk = draft.articles.get(code="youth").pk
    read = "login 404 200 200 200 200 200 404"
    write = "login 404 403 403 403 200 200 404"
    done = "login 404 403 403 403 302 302 404"
    assert_permission_table(
        people_around(hub),
        [
            ("GET", at("office_agreement", tie), read),
            ("GET", at("office_agreement_version", tie, 1), read),
            ("GET", at("office_agreement_pdf", tie, 1), read),
            ("GET", at("office_agreement_compare", tie), read),
            ("GET", at("office_agreement_new", tie), write),
            ("GET", at("office_agreement_title", tie, 1), write),
            ("GET", at("office_article_new", tie, 1), write),
            ("GET", at("office_article", tie, 1, pk), write),
            ("POST", at("office_article_move", tie, 1, pk), done),
            ("GET", at("office_article_remove", tie, 1, pk), write),
            ("POST", at("office_article_remove", tie, 1, pk), done),
            ("GET", at("office_agreement_discard", tie, 1), write),
            ("POST", at("office_agreement_discard", tie, 1), done),
            ("GET", at("office_agreement_propose", tie, 1), write),
            ("POST", at("office_agreement_propose", tie, 1), done),
            ("POST", at("office_agreement_approve", tie, 1), done),
            ("GET", at("office_agreement_signed", tie, 1), write),
            ("POST", at("office_agreement_signed", tie, 1), done),
        ],
    )
