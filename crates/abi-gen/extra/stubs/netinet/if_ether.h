/* Empty: the headers that include it need nothing of it here. */
