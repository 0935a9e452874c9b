"""Sandbox: programs that open files of others run in processes of their own, limited and isolated.

What such a process may touch is said once (`reach.py`). What keeps it to that is what the machine has, one layer over
the other: bubblewrap around it (`bubblewrap.py`), Landlock and seccomp within (`landlock.py`, `seccomp.py`), limits of
memory, time and size everywhere (`confinement.py`). `layers.py` tells which there are and what holds by them. A layer
that is missing is left out; one that is there and fails ends the process.
"""
