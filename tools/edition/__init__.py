"""The book as pages for the web and for paper, made of the chapters as they are stored."""
