package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PageKindUnitTests {

    private final PageKind withForms = new PageKind("/d/", Set.of(), true);

    private static MockHttpServletRequest request(String method, String path, String contentType) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setContentType(contentType);
        return request;
    }

    /** What is not read before it is handled can have any size. */
    @ParameterizedTest
    @CsvSource({
        "POST,/d/token,application/x-www-form-urlencoded,true",
        "POST,/d/token/renew,application/x-www-form-urlencoded;charset=UTF-8,true",
        "PUT,/d/token,application/x-www-form-urlencoded,false",
        "GET,/d/token,application/x-www-form-urlencoded,false",
        "POST,/d/token,multipart/form-data,false",
        "POST,/d/token,application/json,false",
        "POST,/d/token,,false",
        "POST,/d/token,nonsense,false",
        "POST,/u/page,application/x-www-form-urlencoded,false"
    })
    void onlyASmallFormOfAPageWithFormsIsReadFirst(String method, String path, String contentType, boolean read) {
        assertThat(withForms.hasSmallBody(request(method, path, contentType))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "/u/page/sign,application/json,true",
        "/u/page/sign,application/x-www-form-urlencoded,false",
        "/u/page,application/x-www-form-urlencoded,false",
        "/u/page,application/json,false"
    })
    void onlyTheJsonOfAScriptIsReadFirstWithoutForms(String path, String contentType, boolean read) {
        assertThat(TestPages.KIND.hasSmallBody(request("POST", path, contentType)))
                .isEqualTo(read);
    }
}
