package dev.parley.query.search;

import dev.parley.messages.AccountId;

class OneselfTest implements DirectoryContract {

    @Override
    public Directory directory(AccountId asker) {
        return new Oneself(asker);
    }
}
