"""What a poll, a page and an alert cost.

Plain scripts, run by ``make bench``: never timed tests, because a machine that
is busy otherwise must not fail a build. Servers run in processes of their own,
and so does whatever is measured, so that its CPU and memory are its own.
Everything that is compared is measured in the same run and given as a ratio:
a ratio holds on another machine, a millisecond does not.
"""
