"""The worker that mails is killed again and again: who follows a proposal gets the letter about a threshold once, who
reads the newsletter gets that once.
"""

import subprocess
import sys
import time

from faults.scene import Scene, longer, until

LETTERS = 400  # of each kind
KILLS = longer("CONCIVIS_FAULT_MAIL_KILLS", 6)

OPEN = """
import sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from concivis.proposals.actions import following
from concivis.proposals.models import Follower, Happening, Proposal
import newsletter
proposal = Proposal.objects.get(public_id="bench0")
Follower.objects.bulk_create(
    Follower(proposal=proposal, email=f"follower{n}@example.org", language="de", confirmed_at=timezone.now())
    for n in range(int(sys.argv[1]))
)
now = timezone.now()
step = Happening.objects.create(proposal=proposal, event="reached", threshold="answer", number=100, at=now)
following.tell(proposal, step)
Happening.objects.filter(pk=step.pk).update(tell_at=now)
newsletter.open_newsletter(int(sys.argv[1]))
"""
WORKER = """
import time, django
django.setup()
from datetime import timedelta
from concivis.mailings import sending
from concivis.mailings.models import Mailing
from concivis.proposals.actions import following
sending.CLAIM = timedelta(seconds=3)  # what a killed worker had in hand is due again so soon
sending.PORTION = 25
while True:
    following.tell_due()
    sending.send_due()
    time.sleep(0.1)
"""


def test_each_letter_leaves_once_however_often_its_worker_is_killed(scene: Scene):
    before = scene.sink.counts()
    scene.stack.python(OPEN, str(LETTERS))
    wanted = before["letters"] + 2 * LETTERS + 1  # and one for who wrote the proposal
    for kill in range(KILLS):
        workers = [worker(scene), worker(scene)]  # two at once, as on two machines
        try:
            arrived(scene, wanted * (kill + 1) // (KILLS + 2))
        finally:
            for each in workers:
                each.kill()
                each.wait()
    last = worker(scene)
    try:
        arrived(scene, wanted)
        time.sleep(4)  # what somebody still had in hand would come a second time now
    finally:
        last.kill()
        last.wait()
    counts = scene.sink.counts()
    assert (counts["letters"], counts["most"]) == (wanted, 1)


def arrived(scene: Scene, number: int) -> None:
    until(lambda: scene.sink.counts()["letters"] >= number, 60, f"letter {number}")


def worker(scene: Scene) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORKER], env=scene.stack.environment)
