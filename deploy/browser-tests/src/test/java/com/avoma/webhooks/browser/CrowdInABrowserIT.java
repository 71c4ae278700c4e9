package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A hundred webhooks, some with names that are long, of other writing, or hostile.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrowdInABrowserIT extends InABrowser {
    private static final String HOSTILE = "<script>document.title='owned'</script>\"'&amp;";
    private static final List<String> NAMES =
            List.of(
                    HOSTILE,
                    "x".repeat(100),
                    "إشعارات الاجتماعات للمبيعات",
                    "🚀 Нотатки 会議メモ 👩‍💻",
                    "{{7*7}} ${7*7} [[${7*7}]] __${7*7}__::.x");
    private static final String LONG_URL = "https://hooks.example.com/" + "a-long-way/".repeat(16);

    @Test
    @Order(1)
    void showsAHundredWebhooks() {
        assertThat(add(NAMES, "AINOTE", LONG_URL)).isEqualTo(NAMES.size());
        var many = IntStream.rangeClosed(1, 50).mapToObj(i -> "Of many " + i);
        assertThat(add(many.toList(), "MEETING_BOOKED_VIA_SCHEDULER", "https://example.com/hook"))
                .isEqualTo(50);
        var more = IntStream.rangeClosed(1, 45).mapToObj(i -> "One more " + i);
        assertThat(add(more.toList(), "AINOTE", "https://example.com/hook")).isEqualTo(45);

        page.navigate("/");
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(101);
        for (var name : NAMES) {
            assertThat(page.getByText(name, new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
        }
        assertThat(page).hasTitle("Webhooks · Avoma Webhooks");
        assertThat(page.getByText("No attempts in 24 hours").first()).isVisible();
        assertThat(window.look("many")).isEmpty();
    }

    @Test
    @Order(2)
    void saysThatThePlanHasNoMore() {
        button("Add webhook").click();
        dialog().getByLabel("Target URL").fill("https://example.com/hook");
        assertThat(dialog().getByLabel("Trigger event", exactlyIn())).containsText("50 of 50 used");
        button(dialog(), "Add webhook").click();
        assertThat(dialog().locator("#event-fault"))
                .containsText("The Enterprise plan has 50 webhooks for “AI notes ready”");
        assertThat(dialog().getByLabel("Trigger event", exactlyIn())).isFocused();
        assertThat(window.look("limit")).isEmpty();
    }

    @Test
    @Order(3)
    void namesThemInItsDialogsAndFilters() {
        button("Delete " + HOSTILE).click();
        assertThat(dialog()).containsText(HOSTILE);
        assertThat(window.look("delete-hostile")).isEmpty();
        button(dialog(), "Cancel").click();
        button("Edit " + NAMES.get(2)).click();
        assertThat(dialog().getByLabel("Name", exactlyIn())).hasValue(NAMES.get(2));
        button(dialog(), "Cancel").click();
        tab("Deliveries");
        page.getByLabel("Webhook", exactly()).selectOption(NAMES.get(1));
        assertThat(window.look("deliveries-long")).isEmpty();
        tab("Audit log");
        assertThat(page.getByText("One more 45").first()).isVisible();
        assertThat(page).hasTitle("Audit log · Avoma Webhooks");
    }

    /// As the dialog does.
    ///
    /// @return how many were added
    private int add(List<String> names, String event, String url) {
        return (Integer)
                page.evaluate(
                        """
                        async ({names, event, url}) => {
                          const token = document.querySelector('input[name=_csrf]').value;
                          let added = 0;
                          for (const name of names) {
                            const answer = await fetch('/console/webhooks', {method: 'POST',
                              headers: {'HX-Request': 'true'},
                              body: new URLSearchParams({_csrf: token, name: name,
                                event_type: event, target_url: url, scope: 'all'})});
                            added += answer.headers.get('HX-Redirect') ? 1 : 0;
                          }
                          return added; }
                        """,
                        Map.of("names", names, "event", event, "url", url));
    }
}
