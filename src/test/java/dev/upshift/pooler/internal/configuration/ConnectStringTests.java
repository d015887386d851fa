package dev.upshift.pooler.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectStringTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "host=a port=1|a",
                "port=1 host=a|a",
                "  host = a   port = 1 |a",
                "host='a' port=1|a",
                "host='a b' port=1|a b",
                "host='it''s' port=1|it's",
                "host='a'port=1|a",
                "host=a host=b|b",
                "password='host=x' host=a|a",
                "host=a=b|a=b",
                "host=käse|käse",
                "   host = a port=1    dbname = 'shop' pool_mode=statement|a",
                "connect_query='select ''it''''s host=x''' host=a application_name='x y'|a",
                "auth_user=asker auth_query='select * from p.ask($1)' host=a|a",
            })
    void readsAValueAsPgBouncerDoes(String text, String host) {
        assertThat(ConnectString.parse(text).orElseThrow().value("host")).contains(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host a", "host=", "host=''", "=a", "host='a", "host=a ; comment", "6432"})
    void refusesWhatPgBouncerRefuses(String text) {
        assertThat(ConnectString.parse(text)).isEmpty();
    }

    @Test
    void nothingIsFineBecauseEverythingHasADefault() {
        assertThat(ConnectString.parse("").orElseThrow().value("host")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "host=a port=1|host=new port=1",
                "  host  =  a   port=1|host  =  new   port=1",
                "host='a' port=1|host=new port=1",
                "host=a host=b|host=new host=new",
                "port=1|port=1 host=new",
                "password='host=x' host=a connect_query='select ''host=a'''|password='host=x' host=new connect_query='select ''host=a'''",
                "auth_host=a host=b|auth_host=a host=new",
            })
    void changesOnlyTheValue(String before, String after) {
        assertThat(ConnectString.parse(before).orElseThrow().with("host", "new"))
                .hasToString(after);
    }

    @Test
    void quotesAValueThatNeedsIt() {
        assertThat(ConnectString.parse("").orElseThrow().with("dbname", "my 'shop'"))
                .hasToString("dbname='my ''shop'''");
    }
}
