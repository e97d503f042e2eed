"""A disk on which nothing can grow any more (simulated: no file of the database may become larger)."""

import time

from load.fill import key_of

from faults.scene import Scene, until

PRESSES = 300


def test_a_full_disk_is_told_plainly_and_nothing_is_lost(scene: Scene):
    machine = scene.bad_machine()
    scene.read_by_every_worker()
    presses = [scene.press(key_of(number)) for number in scene.keys(PRESSES)]
    with scene.load(90, clients=4) as load:
        time.sleep(2)
        # SQLite writes over its log for long before a file grows
        machine.fill_disk(copies_on_write=scene.server is None)
        try:
            until(lambda: load.report.statuses[503] > 0, 40, "an answer that says so")
            # a row that still finds room in a page is saved, on PostgreSQL also after others were not
            told = next((answer for answer in map(scene.ask_raw, presses) if answer[0] == 503), None)
            read = [scene.stack.ask(scene.page)[0] for _ in range(10)]
        finally:
            machine.make_room()
        load.goes_on()
    assert told, f"each of {PRESSES} presses was saved on a full disk"
    _, headers, page = told
    assert headers["retry-after"] in {"300", "15"}
    assert "Nothing can be saved at the moment" in page or "does not answer just now" in page
    assert set(read) == {200}
    load.nothing_is_lost()
