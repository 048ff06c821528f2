"""How well events are found where no column says whom a message is about (`make topics`).

In: events that a reader found on a real board (`events.yml`), judgements of candidates
(`judged.yml`). Out: `docs/topics.md`. The board lies beside the checkout; without it nothing is
measured, and that is said loudly.

    gold        the events and judgements, checked as they are read
    board       the records of the board, and files with some of them
    candidates  a ranked list of sets of records, whoever made it
    ours        what the program proposes
    rivals      BERTopic, and character n-grams with agglomerative clustering
    scoring     events found, people, precision, stability
    page        the page
"""
