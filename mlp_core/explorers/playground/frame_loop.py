"""Frames of a picture that moves by itself: a task of the event loop, which lets others in between."""

import asyncio
import time

PERIOD = 1 / 36  # seconds from frame to frame, at the quickest
# Seconds of rest, at the least: a message passes several turns of the event loop before it is answered.
REST = 0.006


class FrameLoop:
    """Calls `frame()` again and again, while everything else that waits for the event loop is served too.

    Parameters
    ----------
    frame : callable
        Draws one frame; returns whether another one may follow.
    ended : callable
        Called with what `frame` raised, or with None, when no other frame follows.
    """

    def __init__(self, frame, ended):
        self._frame, self._ended = frame, ended
        self._task = None

    @property
    def running(self):
        """Whether frames are still to come."""
        return self._task is not None

    def start(self):
        """Begin, or go on; RuntimeError where no event loop runs."""
        if self.running:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError(
                "run: got no running event loop; expected a notebook, which has one (elsewhere call advance)"
            ) from None
        self._task = loop.create_task(self._frames())

    def stop(self):
        """Let no other frame follow."""
        if self.running:
            self._end(None)  # the task sees at its next turn that it is no longer wanted

    async def _frames(self):
        task = asyncio.current_task()
        while task is self._task:
            begun = time.perf_counter()
            try:
                more, error = self._frame(), None
            except Exception as raised:  # a task's error would be shown nowhere
                more, error = False, raised
            if not more:
                if task is self._task:  # `frame` itself may have stopped it
                    self._end(error)
                return
            await asyncio.sleep(max(REST, PERIOD - (time.perf_counter() - begun)))

    def _end(self, error):
        self._task = None
        self._ended(error)
