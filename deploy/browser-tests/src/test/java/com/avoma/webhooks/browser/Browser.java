package com.avoma.webhooks.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Chromium or Chrome of this machine, without a window. None is downloaded.
final class Browser {
    /// Written once a browser was there: builds that must not skip these tests look for it.
    private static final Path RAN = Path.of("target", "browser-tests-ran");

    /// How long what is waited for may take: long, for a machine that builds something else beside
    /// it.
    static final double PATIENCE_MS = Long.getLong("browser.patience-ms", 60_000);

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE_RESOURCE = "/axe.min.js";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /// What a screen is looked at in.
    ///
    /// @param rules of axe-core, as it takes them: colours alone where nothing else can differ
    private record Look(String name, ColorScheme scheme, int width, int height, String rules) {}

    /// Whether the whole page can be photographed: a dialog is where the window is, and pictures
    /// have an end.
    private static final String FITS =
            "() => !document.querySelector('dialog[open]') && document.body.scrollHeight < 8000";

    private static final String ALL = "{resultTypes: ['violations']}";
    private static final String COLOURS =
            "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}}";

    private static final List<Look> LOOKS =
            List.of(
                    new Look("light", ColorScheme.LIGHT, 1280, 900, ALL),
                    new Look("dark", ColorScheme.DARK, 1280, 900, COLOURS),
                    new Look("narrow", ColorScheme.LIGHT, 360, 780, ALL));

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String axe;

    private Browser(Path executable) throws IOException {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setTimeout(120_000)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-background-networking",
                                                        "--no-first-run")));
        try (InputStream in = Browser.class.getResourceAsStream(AXE_RESOURCE)) {
            if (in == null) {
                throw new IOException("no " + AXE_RESOURCE);
            }
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.createDirectories(SCREENSHOTS);
        Files.writeString(RAN, executable + "\n");
    }

    /// Where one is on this machine.
    static Optional<Path> installed() {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            for (var name : NAMES) {
                var path = Path.of(directory, name);
                if (Files.isExecutable(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    /// The one of all tests; it ends with the JVM.
    static Browser shared() {
        return Shared.BROWSER;
    }

    private static final class Shared {
        static final Browser BROWSER = start();

        private static Browser start() {
            try {
                var browser = new Browser(installed().orElseThrow());
                Runtime.getRuntime().addShutdownHook(new Thread(browser::close, "browser"));
                return browser;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// A window with no cookies.
    Window open(String address) {
        var context =
                browser.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setBaseURL(address)
                                // a colour that is on its way to another one has no contrast
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MS);
        return new Window(context, context.newPage());
    }

    /// A page, and everything that its browser complains of.
    final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Window(BrowserContext context, Page page) {
            this.context = context;
            this.page = page;
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("422")) {
                    complaints.add(message.text());
                }
            });
        }

        Page page() {
            return page;
        }

        /// Errors of scripts, and what the content policy refused.
        List<String> complaints() {
            return complaints;
        }

        /// Forgets that an answer had this status: the browser tells of every refusal.
        void expected(int status) {
            complaints.removeIf(complaint ->
                    complaint.contains("responded with a status of " + status)
                            || complaint.contains("Status Error Code " + status));
        }

        String clipboard() {
            return (String) page.evaluate("() => navigator.clipboard.readText()");
        }

        /// Photographs the screen, light, dark and narrow.
        ///
        /// @return what is seriously wrong with it for those who do not see it, or only with effort
        List<String> look(String screen) {
            List<String> wrong = AccessibilityTree.faults(page);
            for (var look : LOOKS) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
                page.setViewportSize(look.width(), look.height());
                page.waitForFunction(
                        "scheme => document.documentElement.dataset.bsTheme === scheme",
                        look.scheme().name().toLowerCase(java.util.Locale.ROOT));
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setFullPage((Boolean) page.evaluate(FITS))
                                .setPath(SCREENSHOTS.resolve(screen + "-" + look.name() + ".png")));
                if (!(Boolean) page.evaluate("() => 'axe' in window")) {
                    page.evaluate(axe);
                }
                violations(look.rules()).forEach(fault -> wrong.add(look.name() + ": " + fault));
                if ((Boolean)
                        page.evaluate(
                                "() => document.documentElement.scrollWidth > innerWidth + 1")) {
                    wrong.add(look.name() + ": wider than the window");
                }
            }
            var usual = LOOKS.getFirst();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(usual.scheme()));
            page.setViewportSize(usual.width(), usual.height());
            return wrong;
        }

        @SuppressWarnings("unchecked") // an array of texts
        private List<String> violations(String rules) {
            return (List<String>)
                    page.evaluate(
                            """
                            async () => (await axe.run(RULES)).violations
                                .filter(v => ['serious', 'critical'].includes(v.impact))
                                .map(v => v.id + ' ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))
                            """
                                    .replace("RULES", rules));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private void close() {
        browser.close();
        playwright.close();
    }
}
