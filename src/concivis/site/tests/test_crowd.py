"""A crowd that writes leaves a thread to those who read."""

import threading

import pytest
from django.http import HttpResponse

from concivis.site import crowd
from concivis.site.outage import Outage, outage


@pytest.fixture
def site(monkeypatch):
    """A worker with two threads, so that one may be held; it is, until `let_go` is set."""
    monkeypatch.setattr(crowd, "threads", lambda: 2)
    monkeypatch.setattr(crowd, "WAIT", 0.01)
    held, let_go = threading.Event(), threading.Event()

    def answer(request):
        if request.path == "/slow/":
            held.set()
            let_go.wait(5)
        return HttpResponse("done")

    return crowd.leave_room_for_readers(answer), held, let_go


@pytest.fixture
def crowded(site, rf):
    application, held, let_go = site
    thread = threading.Thread(target=application, args=[rf.post("/slow/")])
    thread.start()
    held.wait(5)
    yield application
    let_go.set()
    thread.join(5)


def test_who_reads_is_answered_while_others_hold_their_threads(crowded, rf):
    assert crowded(rf.get("/")).content == b"done"


def test_who_is_signed_in_is_answered_too(crowded, rf, settings):
    request = rf.post("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "theirs"
    assert crowded(request).content == b"done"
    assert crowded(rf.post("/", headers={"authorization": "Bearer theirs"})).content == b"done"


def test_one_more_of_the_crowd_is_asked_to_try_again(crowded, rf):
    with pytest.raises(crowd.Crowded) as refused:
        crowded(rf.post("/"))
    assert outage(refused.value) is Outage.BUSY


def test_nobody_waits_for_threads_that_are_stuck(crowded, rf, monkeypatch):
    monkeypatch.setattr(crowd, "WAIT", 60)
    monkeypatch.setattr(crowd, "STUCK", 0)
    with pytest.raises(crowd.Crowded):
        crowded(rf.post("/"))


def test_a_turn_is_given_back_after_a_failure(monkeypatch, rf):
    monkeypatch.setattr(crowd, "threads", lambda: 2)
    monkeypatch.setattr(crowd, "WAIT", 0.01)

    def fail(request):
        raise ValueError

    application = crowd.leave_room_for_readers(fail)
    for _ in range(3):
        with pytest.raises(ValueError):
            application(rf.post("/"))
