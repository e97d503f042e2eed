"""Workers and databases are killed (SIGKILL) while people sign, a third of whom press twice.

CONCIVIS_FAULT_KILLS: how many on each database (10).
"""

import time

from faults.scene import Scene, longer, until

KILLS = longer("CONCIVIS_FAULT_KILLS", 10)
BETWEEN = 2.0  # seconds


def test_no_acknowledged_signature_is_lost_and_nobody_counts_twice_whatever_is_killed(scene: Scene):
    with scene.load(KILLS * 10, clients=8) as load:
        for number in range(KILLS):
            time.sleep(BETWEEN)
            if scene.server and number % 3 == 2:
                scene.server.kill()
                scene.server.start()
            else:
                kill_the_oldest_worker(scene)
            load.goes_on()
    assert load.report.failures > 0  # the kills were felt
    load.nothing_is_lost()


def kill_the_oldest_worker(scene: Scene) -> None:
    before = scene.stack.workers()
    scene.stack.kill(before[0])
    until(lambda: len(set(scene.stack.workers()) - set(before)) == 1, 30, "another worker")


def test_the_process_of_the_jobs_comes_back(sqlite_scene: Scene):
    (before,) = sqlite_scene.stack.jobs()
    sqlite_scene.stack.kill(before)
    until(lambda: bool(set(sqlite_scene.stack.jobs()) - {before}), 30, "another process of the jobs")
