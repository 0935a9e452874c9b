"""The portal that is attacked, as gunicorn serves it: with every list to be taken as often as the attack likes.

The limit of exports has its own tests; here it would hide what the lists hold.
"""

from binhlu_portal import wsgi
from binhlu_portal.audit import export_limits  # once the application is there

application = wsgi.application
export_limits.MOST = export_limits.MOST_LARGE = 1_000_000
