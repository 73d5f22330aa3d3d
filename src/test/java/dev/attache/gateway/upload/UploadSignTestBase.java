package dev.attache.gateway.upload;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Sends requests to the endpoint that signs uploads. */
abstract class UploadSignTestBase {

    static final String PDF = "{\"name\":\"Contract.pdf\",\"size\":4200,\"type\":\"application/pdf\"}";
    static final String KEY = "uploads/crm/" + UploadPageFixture.ID + "/1";

    UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);

    /** Expects that the described file is refused with this problem. */
    void assertRefused(String body, int status, String code) throws Exception {
        assertProblem(sign(body), status, code);
    }

    static void assertProblem(ResultActions answer, int status, String code) throws Exception {
        answer.andExpect(status().is(status))
                .andExpect(header().string("Content-Type", "application/problem+json"))
                .andExpect(jsonPath("$.code").value(code))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.detail").isNotEmpty());
    }

    /** Posts the description of a file. */
    ResultActions sign(String body) throws Exception {
        return fixture.browser()
                .perform(request().contentType(MediaType.APPLICATION_JSON).content(body));
    }

    static MockHttpServletRequestBuilder request() {
        return post("/u/" + UploadPageFixture.PAGE + "/sign");
    }
}
