"""Long checks that no ordinary test run waits for, each by ``python -m tests.longrun.NAME``.

``fanout`` an alert to ten thousand chats; ``crashes`` kill -9 in the middle of
one; ``faults`` what a chat sees of each failure; ``followers`` the whole
rehearsal with two hundred followers; ``soak`` half an hour of troubles at a
hundred polls a second; ``chaos`` kill -9 at any moment of a night. Each prints
what it found and ends with 1 where that is not what must be.
"""
