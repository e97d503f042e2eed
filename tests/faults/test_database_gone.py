"""The database goes away and comes back. CONCIVIS_FAULT_GONE: for how many seconds (30)."""

import json
import time

from load.stack import is_signed

from faults.scene import Scene, longer

GONE = longer("CONCIVIS_FAULT_GONE", 30)


def test_a_database_that_is_gone_is_told_plainly_and_nothing_is_lost(postgres_scene: Scene):
    scene = postgres_scene
    assert scene.server
    scene.read_by_every_worker()
    request = scene.press_later()
    with scene.load(GONE + 90, clients=4) as load:
        time.sleep(2)
        scene.server.kill()
        gone_until = time.monotonic() + GONE
        told = scene.ask_raw(request)
        program = scene.ask_raw(scene.stack.request("/api/v1/places"))
        read = [scene.stack.ask(scene.page) for _ in range(20)]
        time.sleep(max(0.0, gone_until - time.monotonic()))
        scene.server.start()
        load.goes_on()
    status, headers, page = told
    assert (status, headers["retry-after"]) == (503, "15")
    assert "Our database does not answer just now." in page
    assert "may not have been saved. Go back and send it again" in page
    assert (program[0], json.loads(program[2])["status"]) == (503, 503)
    assert {status for status, _, _ in read} == {200}
    load.nothing_is_lost()
    status, _, page = scene.ask_raw(request)
    assert is_signed(status, page.encode())  # the same button, pressed once more
