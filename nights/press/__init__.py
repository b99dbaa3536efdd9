"""The press of a bundled night: folders of small files become the pages of fictional outlets.

::

    NIGHT/night.toml             title, races, how long a showing takes
    NIGHT/timeline.toml          the steps: when which page shows which version
    NIGHT/words.toml             long lists for menus and the like
    NIGHT/outlets/NAME/outlet.toml, shell.html
    NIGHT/outlets/NAME/PAGE/VERSION.html|.toml|.json, _part.html
"""
