"""The clock of the web node jumps while people sign."""

import time

import pytest

from faults.scene import Scene

HOUR = 3600


@pytest.mark.parametrize("jump", [-2 * HOUR, HOUR])
def test_a_clock_that_jumps_loses_nothing_and_counts_all(scene: Scene, jump: int):
    machine = scene.bad_machine()
    with scene.load(90, clients=4) as load:
        time.sleep(1)
        machine.set_clock(jump)
        time.sleep(2)
        load.goes_on()
        machine.set_clock(0)
        time.sleep(1)
        load.goes_on()
    load.nothing_is_lost()
