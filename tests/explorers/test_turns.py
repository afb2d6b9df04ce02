"""Turns: what one thread has begun, another waits for."""

from threading import Event, Thread

from mlp_core.explorers.ground.turns import in_turn


def test_a_thread_waits_until_the_other_has_ended_and_may_take_turns_within_its_own():
    begun, may_end, after = Event(), Event(), Event()

    @in_turn
    def first():
        in_turn(begun.set)()
        may_end.wait(10)

    threads = [Thread(target=first), Thread(target=in_turn(after.set))]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    try:
        assert not after.wait(0.3)
    finally:
        may_end.set()
    assert after.wait(10)
    for thread in threads:
        thread.join(10)
