"""All parts of the attack, one after the other, each on its own copy of the world."""

from importlib import import_module
from pathlib import Path

from django.core.management import call_command

from .portal import serve
from .run import Run
from .world import make


def try_all(folder, budgets):
    """Make the world in `folder` and try the parts {name: seconds}; return the run."""
    pristine = Path(folder) / "world.sqlite3"
    call_command("migrate", verbosity=0)
    run = Run(make())
    for name, seconds in budgets.items():
        part = import_module(f"{__package__}.{name}")
        with serve(pristine, name) as run.port:
            run.begin(part.__doc__.partition(":")[0], seconds)
            part.attack(run)
    return run
