"""Which token may do what at every address of the API that is an office's: one table, deny by default.

Every room adds its rows to ROWS. In an address, `{id}` is a partnership that the office `keeper` keeps; the other names
in braces are those of `api_scene.scene`.
"""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api_scene import NEXT_YEAR, TODAY, offices, scene
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import TokenRow, assert_token_table
from concivis.site.api import api

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1"
TIE = "/hub/partnerships/{id}"

# no token, without the scope | keeper, trusted office of the partner, another office there, office elsewhere
OWN = "401 403 200 200 200 200"
OWN_ROW = "401 403 200 404 404 404"
MADE = "401 403 201 404 404 404"  # to a row that the hub's own office finds
OWN_ROW_GONE = "401 403 204 404 404 404"
SEEN = "401 403 200 200 200 404"
INSIDE = "401 403 200 200 403 404"
KEEPS = "401 403 200 403 403 404"
ADDS = "401 403 201 403 403 404"
GOES = "401 403 204 403 403 404"
ANSWERS = "401 403 422 204 403 404"

TEA = {"kind": "meeting", "title": "Tea", "date": "2021-05-03"}
PROOF = {"kind": "note", "title": "Met", "text": "For a day.", "date": str(TODAY)}
PAPER = {"title": "Paper", "kind": "report"}
PERSON = {"place": "{own}", "role": "mayor", "name": "Ada"}
WISH = {"text": "Choirs", "measure": "Concerts", "language": "en", "due_on": str(NEXT_YEAR)}
LINE = {"year": TODAY.year, "title": "Camp", "language": "en"}
LOOK = {"held_on": str(TODAY), "summary": "Well", "language": "en"}
PROFILE = {"text": "A choir", "language": "en", "expires_on": str(NEXT_YEAR)}
TEXTS = {"heading": {"en": "One"}, "body": {"en": "Two"}}


def upload() -> dict[str, Any]:
    return {**PAPER, "file": SimpleUploadedFile("new.pdf", b"%PDF-1.5")}


PARTNERSHIPS: list[TokenRow] = [
    ("GET", "/hub/partnerships", Scope.PARTNERSHIPS_READ, OWN),
    ("POST", "/hub/partnerships", Scope.PARTNERSHIPS_WRITE, "401 403 201 201 201 201",
     {"partner": "{place}", "kind": "friendship"}),
    ("GET", TIE, Scope.PARTNERSHIPS_READ, SEEN),
    ("PATCH", TIE, Scope.PARTNERSHIPS_WRITE, KEEPS, {"revision": "{revision}", "is_published": True}),
    ("PUT", "/hub/partnerships/{enquiry}/state", Scope.PARTNERSHIPS_WRITE, OWN_ROW, {"state": "exploring"}),
    ("PUT", f"{TIE}/state", Scope.PARTNERSHIPS_WRITE, "401 403 422 403 403 404", {"state": "exploring"}),
    ("GET", f"{TIE}/milestones", Scope.PARTNERSHIPS_READ, SEEN),
    ("POST", f"{TIE}/milestones", Scope.PARTNERSHIPS_WRITE, ADDS, {"kind": "renewed", "date": "2003"}),
    ("PUT", TIE + "/milestones/{date}", Scope.PARTNERSHIPS_WRITE, KEEPS,
     {"kind": "signed", "date": "1964", "revision": "{revision}"}),
    ("DELETE", TIE + "/milestones/{date}", Scope.PARTNERSHIPS_WRITE, GOES),
    ("POST", f"{TIE}/confirmation", Scope.PARTNERSHIPS_WRITE, "401 403 422 200 403 404"),
    ("GET", f"{TIE}/answers", Scope.PARTNERSHIPS_READ, SEEN),
    ("POST", TIE + "/answers/{statement}/adoption", Scope.PARTNERSHIPS_WRITE, GOES),
    ("GET", f"{TIE}/account", Scope.PARTNERSHIPS_READ, "401 403 422 200 403 404"),
    ("PUT", f"{TIE}/account", Scope.ANSWERS_WRITE, ANSWERS, {"signed": "1962"}),
    ("DELETE", f"{TIE}/account", Scope.ANSWERS_WRITE, ANSWERS),
    ("POST", f"{TIE}/refusal", Scope.ANSWERS_WRITE, ANSWERS, {"reason": "Never was", "language": "en"}),
    ("GET", f"{TIE}/activities", Scope.ACTIVITIES_READ, SEEN),
    ("POST", f"{TIE}/activities", Scope.ACTIVITIES_WRITE, ADDS, TEA),
    ("PUT", TIE + "/activities/{activity}", Scope.ACTIVITIES_WRITE, KEEPS, TEA),
    ("DELETE", TIE + "/activities/{activity}", Scope.ACTIVITIES_WRITE, GOES),
    ("GET", f"{TIE}/documents", Scope.DOCUMENTS_READ, SEEN),
    ("POST", f"{TIE}/documents", Scope.DOCUMENTS_WRITE, ADDS, upload),
    ("PUT", TIE + "/documents/{document}", Scope.DOCUMENTS_WRITE, KEEPS, PAPER),
    ("DELETE", TIE + "/documents/{document}", Scope.DOCUMENTS_WRITE, GOES),
    ("GET", TIE + "/documents/{document}/file", Scope.DOCUMENTS_READ, "401 403 200 200 404 404"),
    ("GET", f"{TIE}/people", Scope.PEOPLE_READ, INSIDE),
    ("POST", f"{TIE}/people", Scope.PEOPLE_WRITE, ADDS, PERSON),
    ("PUT", TIE + "/people/{person}", Scope.PEOPLE_WRITE, KEEPS, PERSON),
    ("DELETE", TIE + "/people/{person}", Scope.PEOPLE_WRITE, GOES),
]  # fmt: skip

JOURNEY: list[TokenRow] = [
    ("GET", f"{TIE}/journey", Scope.JOURNEY_READ, INSIDE),
    ("POST", "/hub/partnerships/{fresh}/journey", Scope.JOURNEY_PLAN, MADE),
    ("POST", f"{TIE}/journey", Scope.JOURNEY_PLAN, "401 403 422 403 403 404"),
    ("POST", f"{TIE}/journey/2/proofs", Scope.JOURNEY_WRITE, "401 403 201 201 403 404", PROOF),
    ("DELETE", TIE + "/journey/{walked}/proofs/{proof}", Scope.JOURNEY_PLAN, "401 403 204 422 403 404"),
    ("POST", TIE + "/journey/{walked}/finish", Scope.JOURNEY_WRITE, KEEPS),
    ("PUT", f"{TIE}/journey/2/plan", Scope.JOURNEY_PLAN, KEEPS, {"due_on": str(NEXT_YEAR)}),
    ("POST", f"{TIE}/journey/2/skip", Scope.JOURNEY_PLAN, KEEPS, {"reason": "Not for us"}),
    ("POST", TIE + "/journey/{skipped}/reopen", Scope.JOURNEY_PLAN, KEEPS),
    ("GET", "/hub/steps", Scope.JOURNEY_READ, OWN),
    ("POST", "/hub/steps", Scope.JOURNEY_PLAN, "401 403 201 201 201 201", {"title": "Ask", "language": "en"}),
    ("DELETE", "/hub/steps/{hub_step}", Scope.JOURNEY_PLAN, OWN_ROW_GONE),
    ("GET", f"{TIE}/objectives", Scope.JOURNEY_READ, INSIDE),
    ("POST", f"{TIE}/objectives", Scope.OBJECTIVES_WRITE, "401 403 201 201 403 404", WISH),
    ("POST", TIE + "/objectives/{proposed}/approval", Scope.OBJECTIVES_WRITE, INSIDE),
    ("POST", TIE + "/objectives/{mine}/withdrawal", Scope.OBJECTIVES_WRITE, "401 403 200 422 403 404"),
    ("POST", TIE + "/objectives/{agreed}/result", Scope.OBJECTIVES_WRITE, INSIDE,
     {"reached": True, "result": "Three clubs"}),
    ("GET", f"{TIE}/plan", Scope.PLAN_READ, INSIDE),
    ("POST", f"{TIE}/plan", Scope.PLAN_WRITE, ADDS, LINE),
    ("PUT", TIE + "/plan/{item}", Scope.PLAN_WRITE, KEEPS, {**LINE, "seen": "{item_seen}"}),
    ("PUT", TIE + "/plan/{item}/state", Scope.PLAN_WRITE, KEEPS, {"state": "done"}),
    ("DELETE", TIE + "/plan/{item}", Scope.PLAN_WRITE, GOES),
    ("GET", f"{TIE}/reviews", Scope.PLAN_READ, INSIDE),
    ("POST", f"{TIE}/reviews", Scope.PLAN_WRITE, ADDS, {**LOOK, "year": TODAY.year - 2}),
    ("PUT", TIE + "/reviews/{review}", Scope.PLAN_WRITE, KEEPS, {**LOOK, "seen": "{review_seen}"}),
    ("POST", TIE + "/reviews/{review}/approval", Scope.PLAN_WRITE, INSIDE, {"seen": "{review_seen}"}),
]  # fmt: skip

AGREEMENTS: list[TokenRow] = [  # version 1 is agreed, 2 proposed, 3 a draft
    ("GET", f"{TIE}/agreements", Scope.AGREEMENTS_READ, INSIDE),
    ("POST", f"{TIE}/agreements", Scope.AGREEMENTS_WRITE, "401 403 422 403 403 404", {}),
    ("POST", "/hub/partnerships/{fresh}/agreements", Scope.AGREEMENTS_WRITE, MADE, {}),
    ("GET", f"{TIE}/agreements/2", Scope.AGREEMENTS_READ, INSIDE),
    ("GET", f"{TIE}/agreements/3", Scope.AGREEMENTS_READ, "401 403 200 404 403 404"),
    ("GET", f"{TIE}/agreements/2/document", Scope.AGREEMENTS_READ, INSIDE),
    ("GET", f"{TIE}/agreements/2/changes", Scope.AGREEMENTS_READ, INSIDE),
    ("POST", f"{TIE}/agreements/3/proposal", Scope.AGREEMENTS_WRITE, KEEPS),
    ("POST", f"{TIE}/agreements/2/approval", Scope.AGREEMENTS_WRITE, INSIDE),
    ("POST", f"{TIE}/agreements/1/signature", Scope.AGREEMENTS_WRITE, KEEPS),
    ("PUT", f"{TIE}/agreements/3/title", Scope.AGREEMENTS_WRITE, KEEPS,
     {"title": {"en": "Twins"}, "seen": "{title_seen}"}),
    ("POST", f"{TIE}/agreements/3/articles", Scope.AGREEMENTS_WRITE, ADDS, TEXTS),
    ("PUT", TIE + "/agreements/3/articles/{article}", Scope.AGREEMENTS_WRITE, KEEPS,
     {**TEXTS, "seen": "{article_seen}"}),
    ("POST", TIE + "/agreements/3/articles/{article}/move", Scope.AGREEMENTS_WRITE, KEEPS, {"earlier": False}),
    ("DELETE", TIE + "/agreements/3/articles/{article}", Scope.AGREEMENTS_WRITE, GOES),
    ("DELETE", f"{TIE}/agreements/3", Scope.AGREEMENTS_WRITE, GOES),
]  # fmt: skip

OFFICE: list[TokenRow] = [
    ("GET", "/hub/attention", Scope.ATTENTION_READ, OWN),
    ("PUT", "/hub/attention/later", Scope.ATTENTION_WRITE, OWN_ROW_GONE,
     {"key": "{matter}", "until": str(TODAY + dt.timedelta(days=7))}),
    ("GET", "/hub/finder", Scope.FINDER_READ, "401 403 404 404 404 404"),  # it is not prepared here
    ("GET", "/hub/shortlists", Scope.FINDER_READ, OWN),
    ("POST", "/hub/shortlists", Scope.SHORTLISTS_WRITE, "401 403 201 201 201 201", {"name": "South"}),
    ("PUT", "/hub/shortlists/{shortlist}", Scope.SHORTLISTS_WRITE, OWN_ROW, {"name": "North"}),
    ("DELETE", "/hub/shortlists/{shortlist}", Scope.SHORTLISTS_WRITE, OWN_ROW_GONE),
    ("PUT", "/hub/shortlists/{shortlist}/candidates/{place}", Scope.SHORTLISTS_WRITE, OWN_ROW, {"note": "Sea"}),
    ("DELETE", "/hub/shortlists/{shortlist}/candidates/{candidate}", Scope.SHORTLISTS_WRITE, OWN_ROW_GONE),
    ("GET", "/hub/letters", Scope.LETTERS_READ, OWN),
    ("GET", "/hub/partner-profile", Scope.PROFILE_READ, OWN_ROW),
    ("PUT", "/hub/partner-profile", Scope.PROFILE_WRITE, OWN, PROFILE),
    ("POST", "/hub/partner-profile/renewal", Scope.PROFILE_WRITE, OWN_ROW),
    ("DELETE", "/hub/partner-profile", Scope.PROFILE_WRITE, OWN_ROW_GONE),
    ("GET", "/hub/views", Scope.PARTNERSHIPS_READ, OWN),
    ("POST", "/hub/views", Scope.VIEWS_WRITE, "401 403 201 201 201 201", {"name": "Active", "query": "state=active"}),
    ("DELETE", "/hub/views/{view}", Scope.VIEWS_WRITE, OWN_ROW_GONE),
    ("GET", "/hub/partnerships?view={view}", Scope.PARTNERSHIPS_READ, OWN_ROW),
]  # fmt: skip

BODY = "/hub/organisations/{organisation}"
REGISTER: list[TokenRow] = [
    ("GET", "/hub/organisations", Scope.DIRECTORY_READ, OWN),
    ("POST", "/hub/organisations", Scope.DIRECTORY_WRITE, "401 403 201 201 201 201",
     {"name": "Kite fliers", "kind": "association"}),
    ("GET", "/hub/organisations/similar?name=Kites", Scope.DIRECTORY_READ, OWN),
    ("GET", BODY, Scope.DIRECTORY_READ, OWN_ROW),
    ("PUT", BODY, Scope.DIRECTORY_WRITE, OWN_ROW, {"name": "Kite fliers", "kind": "association"}),
    ("POST", f"{BODY}/confirmation", Scope.DIRECTORY_WRITE, OWN_ROW),
    ("POST", f"{BODY}/ties", Scope.DIRECTORY_WRITE, MADE,
     {"kind": "origin", "place": "{place}"}),
    ("DELETE", BODY + "/ties/{tie}", Scope.DIRECTORY_WRITE, OWN_ROW),
    ("GET", "/hub/initiatives", Scope.INITIATIVES_READ, OWN),
    ("POST", "/hub/initiatives", Scope.INITIATIVES_WRITE, "401 403 201 201 201 201",
     {"title": "Kites", "language": "en"}),
    ("GET", "/hub/initiatives/{initiative}", Scope.INITIATIVES_READ, OWN_ROW),
    ("PATCH", "/hub/initiatives/{initiative}", Scope.INITIATIVES_WRITE, OWN_ROW,
     {"title": "Kites", "revision": "{initiative_revision}"}),
    ("POST", "/hub/initiatives/{initiative}/steps", Scope.INITIATIVES_WRITE, OWN_ROW, {"to": "published"}),
]  # fmt: skip

INTRODUCTIONS: list[TokenRow] = [
    ("GET", "/hub/introductions", Scope.INTRODUCTIONS_READ, OWN),
    ("GET", "/hub/introductions/{introduction}", Scope.INTRODUCTIONS_READ, OWN_ROW),
    ("PUT", "/hub/introductions/{introduction}/outcome", Scope.INTRODUCTIONS_WRITE, OWN_ROW_GONE,
     {"outcome": "merged"}),
    ("GET", "/hub/findings", Scope.INTRODUCTIONS_READ, OWN),
    ("PUT", "/hub/findings/{finding}/verdict", Scope.INTRODUCTIONS_WRITE, OWN_ROW_GONE,
     {"verdict": "dismissed"}),
]  # fmt: skip

NEWSLETTERS: list[TokenRow] = [
    ("GET", "/hub/newsletters", Scope.NEWSLETTERS_READ, OWN),
    ("GET", "/hub/newsletters/subscribers", Scope.NEWSLETTERS_READ, OWN),
]

DESK: list[TokenRow] = [
    ("GET", "/hub/enquiries", Scope.ENQUIRIES_READ, OWN),
    ("POST", "/hub/enquiries", Scope.ENQUIRIES_WRITE, "401 403 201 201 201 201",
     {"channel": "form", "subject": "A choir"}),
    ("GET", "/hub/enquiries/{asked}", Scope.ENQUIRIES_READ, OWN_ROW),
    ("POST", "/hub/enquiries/{asked}/notes", Scope.ENQUIRIES_WRITE, MADE, {"text": "A note"}),
    ("POST", "/hub/enquiries/{asked}/answers", Scope.ENQUIRIES_ANSWER, MADE, {"text": "Yes"}),
    ("PUT", "/hub/enquiries/{asked}/state", Scope.ENQUIRIES_WRITE, OWN_ROW,
     {"state": "closed", "outcome": "answered"}),
    ("GET", "/hub/meetings", Scope.MEETINGS_READ, OWN),
    ("POST", "/hub/meetings", Scope.MEETINGS_WRITE, "401 403 201 201 201 201",
     {"title": "Round table", "language": "en", "starts_at": f"{NEXT_YEAR}T18:00:00Z",
      "ends_at": f"{NEXT_YEAR}T20:00:00Z"}),
    ("GET", "/hub/meetings/{meeting}", Scope.MEETINGS_READ, OWN_ROW),
    ("POST", "/hub/meetings/{meeting}/agenda", Scope.MEETINGS_WRITE, MADE, {"title": "Choirs"}),
    ("POST", "/hub/meetings/{meeting}/tasks", Scope.MEETINGS_WRITE, MADE, {"title": "A letter"}),
    ("GET", "/hub/meeting-tasks", Scope.MEETINGS_READ, OWN),
    ("PUT", "/hub/meeting-tasks/{task}/state", Scope.MEETINGS_WRITE, OWN_ROW, {"state": "done"}),
    ("PATCH", "/hub/meetings/{other_meeting}", Scope.MEETINGS_WRITE, OWN_ROW, {"revision": 1, "place": "Town hall"}),
    ("PUT", "/hub/meetings/{other_meeting}/cancellation", Scope.MEETINGS_WRITE, OWN_ROW, {}),
    ("GET", "/hub/enquiry-figures", Scope.ENQUIRIES_READ, OWN),
]  # fmt: skip

ASKED = "/hub/proposals/{proposal}"
ANSWERED = "/hub/proposals/{answered}"
MEASURE = {"title": "A crossing", "language": "en", "state": "running"}
PROPOSALS: list[TokenRow] = [
    ("GET", "/hub/proposals", Scope.PROPOSALS_READ, OWN),
    ("GET", ASKED, Scope.PROPOSALS_READ, OWN_ROW),
    ("POST", f"{ASKED}/publication", Scope.PROPOSALS_WRITE, OWN_ROW, {}),
    ("POST", f"{ASKED}/rejection", Scope.PROPOSALS_WRITE, OWN_ROW, {"reason": "unclear"}),
    ("POST", f"{ASKED}/question", Scope.PROPOSALS_WRITE, OWN_ROW, {"question": "Where?"}),
    ("POST", f"{ANSWERED}/answers", Scope.PROPOSALS_WRITE, MADE,
     {"verdict": "accepted", "text": "Yes", "body": "The council", "on": str(TODAY), "language": "en"}),
    ("POST", f"{ANSWERED}/measures", Scope.PROPOSALS_WRITE, MADE, MEASURE),
    ("PUT", ANSWERED + "/measures/{proposal_measure}", Scope.PROPOSALS_WRITE, OWN_ROW, {**MEASURE, "revision": 0}),
    ("PUT", f"{ANSWERED}/outcome", Scope.PROPOSALS_WRITE, OWN_ROW,
     {"outcome": "realised", "on": str(TODAY), "language": "en"}),
    ("POST", f"{ANSWERED}/signatures-to-check", Scope.SIGNATURES_CHECK, OWN_ROW, {}),
    ("POST", f"{ANSWERED}/register-answers", Scope.SIGNATURES_CHECK, OWN_ROW,
     {"answers": [{"number": 1, "result": "valid"}]}),
]  # fmt: skip

PROMISE = {"title": "Lay cables", "who": "Buildings", "due": str(NEXT_YEAR), "language": "en"}
CODESIGN: list[TokenRow] = [
    ("GET", "/hub/processes", Scope.CODESIGN_READ, OWN),
    ("POST", "/hub/processes", Scope.CODESIGN_WRITE, "401 403 201 201 201 201",
     {"title": "Who asks?", "language": "en"}),
    ("GET", "/hub/processes/{process}", Scope.CODESIGN_READ, OWN_ROW),
    ("PATCH", "/hub/processes/{process}", Scope.CODESIGN_WRITE, OWN_ROW, {"title": "Who?", "revision": 0}),
    ("POST", "/hub/processes/{process}/steps", Scope.CODESIGN_WRITE, OWN_ROW, {"to": "finished"}),
    ("GET", "/hub/processes/{process}/sessions", Scope.CODESIGN_READ, OWN_ROW),
    ("POST", "/hub/processes/{process}/sessions", Scope.CODESIGN_WRITE, MADE,
     {"title": "Tea", "language": "en", "starts_at": "2027-05-03T16:00:00Z", "ends_at": "2027-05-03T18:00:00Z"}),
    ("PUT", "/hub/sessions/{session}/attendance", Scope.CODESIGN_WRITE, OWN_ROW, {"attended": 7}),
    ("GET", "/hub/insights", Scope.CODESIGN_READ, OWN),
    ("POST", "/hub/insights", Scope.CODESIGN_WRITE, "401 403 201 201 201 201", {"text": "A room", "language": "en"}),
    ("GET", "/hub/insights/{insight}", Scope.CODESIGN_READ, OWN_ROW),
    ("PATCH", "/hub/insights/{insight}", Scope.CODESIGN_WRITE, OWN_ROW, {"text": "Rooms", "revision": 0}),
    ("GET", "/hub/processes/{process}/recommendations", Scope.CODESIGN_READ, OWN_ROW),
    ("POST", "/hub/processes/{process}/recommendations", Scope.CODESIGN_WRITE, MADE,
     {"title": "More rooms", "language": "en"}),
    ("GET", "/hub/recommendations/{recommendation}", Scope.CODESIGN_READ, OWN_ROW),
    ("PATCH", "/hub/recommendations/{recommendation}", Scope.CODESIGN_WRITE, OWN_ROW, {"title": "Rooms"}),
    ("POST", "/hub/recommendations/{recommendation}/handing-over", Scope.CODESIGN_WRITE, OWN_ROW,
     {"department": "Buildings", "answer_due": str(NEXT_YEAR)}),
    ("POST", "/hub/recommendations/{handed_recommendation}/answers", Scope.CODESIGN_WRITE, MADE,
     {"verdict": "rejected", "reason": "No money", "language": "en"}),
    ("POST", "/hub/recommendations/{handed_recommendation}/withdrawal", Scope.CODESIGN_WRITE, OWN_ROW,
     {"reason": "Solved"}),
    ("POST", "/hub/recommendations/{answered_recommendation}/measures", Scope.CODESIGN_WRITE, MADE, PROMISE),
    ("PUT", "/hub/measures/{recommendation_measure}", Scope.CODESIGN_WRITE, OWN_ROW, PROMISE),
    ("POST", "/hub/measures/{recommendation_measure}/steps", Scope.CODESIGN_WRITE, MADE,
     {"state": "running", "on": str(TODAY), "language": "en"}),
]  # fmt: skip

ROWS: list[TokenRow] = [
    *CODESIGN,
    *NEWSLETTERS,
    *INTRODUCTIONS,
    *PARTNERSHIPS,
    *JOURNEY,
    *AGREEMENTS,
    *OFFICE,
    *REGISTER,
    *DESK,
    *PROPOSALS,
]
ANY_TOKEN = {("GET", "/hub")}  # asks for no scope: whose token it is


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = settings.DATA = tmp_path


def filled(sent: Any, names: dict[str, Any]) -> Any:
    """`sent` with the names in braces replaced."""
    if isinstance(sent, dict):
        return {key: filled(value, names) for key, value in sent.items()}
    found = re.fullmatch(r"\{(\w+)\}", sent) if isinstance(sent, str) else None
    return names[found[1]] if found else sent


def test_which_token_may_do_what():
    around = offices()
    names = scene(around)
    rows = [
        (method, API + address.format(**names), scope, expected, *(filled(each, names) for each in sent))
        for method, address, scope, expected, *sent in ROWS
    ]
    assert_token_table(around, rows)


def test_every_address_of_an_office_stands_in_the_table():
    """Whoever adds an address says here who gets what from it."""
    described = {
        (method.upper(), path.removeprefix(API))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if path.startswith(f"{API}/hub")
    }
    shapes = {(method, shape(path)) for method, path in described - ANY_TOKEN}
    assert shapes == {(method, shape(address.partition("?")[0])) for method, address, *_rest in ROWS}


def shape(path: str) -> str:
    """`/hub/partnerships/{}/agreements/{}`: names and numbers left out."""
    return re.sub(r"\{\w+\}|(?<=/)\d+(?=/|$)", "{}", path)


def test_an_address_of_an_office_never_opens_without_a_token():
    operations = [
        operation
        for path, methods in api.get_openapi_schema()["paths"].items()
        for operation in methods.values()
        if path.startswith(f"{API}/hub")
    ]
    assert [each["operationId"] for each in operations if not each.get("security")] == []
