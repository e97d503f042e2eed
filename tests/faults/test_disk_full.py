"""A disk on which nothing can grow any more (simulated: no file of the database may become larger)."""

import time

from faults.scene import Scene, until


def test_a_full_disk_is_told_plainly_and_nothing_is_lost(scene: Scene):
    machine = scene.bad_machine()
    scene.read_by_every_worker()
    request = scene.press_later()
    with scene.load(90, clients=4) as load:
        time.sleep(2)
        # SQLite writes over its log for long before a file grows
        machine.fill_disk(copies_on_write=scene.server is None)
        try:
            until(lambda: load.report.statuses[503] > 0, 40, "an answer that says so")
            full = [answer for answer in (scene.ask_raw(request) for _ in range(3)) if answer[0] == 503]
            read = [scene.stack.ask(scene.page)[0] for _ in range(10)]
        finally:
            machine.make_room()
        load.goes_on()
    assert full
    for _, headers, page in full:
        assert headers["retry-after"] in {"300", "15"}
        assert "Nothing can be saved at the moment" in page or "does not answer just now" in page
    assert set(read) == {200}
    load.nothing_is_lost()
