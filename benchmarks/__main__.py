"""`make bench`: measure, print, and keep the tables in benchmarks/RESULTS.md."""

from benchmarks import answer, classes, lessons, opening, roleplay
from benchmarks.results import keep

if __name__ == "__main__":
    keep("Answering", answer.table())
    keep("Classes and matrices", classes.table())
    keep("Lessons, beyond kernel and imports", lessons.table())
    keep("Opening in the browser", opening.in_the_browser())
    keep("Opening", opening.table())
    keep("Role-play", roleplay.table())
