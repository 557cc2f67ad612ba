"""How every room speaks: context, lines of tables, words, rows of buttons, start pages, views, ways, refusals."""
