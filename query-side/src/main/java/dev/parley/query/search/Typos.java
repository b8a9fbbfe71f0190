package dev.parley.query.search;

/// Small slips in words: as Elasticsearch's `AUTO:4,8` counts them, with two letters that changed places as one slip.
final class Typos {

    /// Letters at the beginning without slips.
    static final int EXACT_LETTERS = 1;

    private static final int ONE = 4;
    private static final int TWO = 8;
    /// A longer one is no word, and costly to compare.
    private static final int LONGEST = 64;

    private Typos() {}

    /// How many slips a word may have, 0 to 2: none in what is not of letters alone, or is of a script without spaces.
    static int allowed(String word) {
        int length = word.codePointCount(0, word.length());
        boolean letters = length <= LONGEST && word.codePoints().allMatch(Typos::isLetter);
        return !letters || length < ONE ? 0 : length < TWO ? 1 : 2;
    }

    /// Of a word, the apostrophe within it included.
    static boolean isLetter(int codePoint) {
        return codePoint == '\'' || Letters.joining(codePoint) == Letters.Joining.LETTER;
    }

    /// Whether a word is another one with at most as many slips, none of them in the first letter: optimal string
    /// alignment distance.
    static boolean similar(String one, String other, int slips) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        if (Math.abs(a.length - b.length) > slips || a.length == 0 || b.length == 0 || a[0] != b[0]) {
            return false;
        }
        int[] before = new int[b.length + 1];
        int[] last = new int[b.length + 1];
        int[] now = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            now[0] = i;
            for (int j = 1; j <= b.length; j++) {
                now[j] = Math.min(Math.min(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    now[j] = Math.min(now[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = now;
            now = free;
        }
        return last[b.length] <= slips;
    }
}
