{% comment %}What the service worker is told: the name of its cache, the page, the files; its work is in a script that is the same everywhere.{% endcomment %}"use strict";
const KEPT_FILES = "offline-{{ kept }}", PAGE = "{{ page }}", FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
importScripts({% for script in scripts %}"{{ script }}"{% if not forloop.last %}, {% endif %}{% endfor %});
