package dev.upshift.upgrade;

import dev.upshift.lab.LabTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that a person's steps are taken in; keeps pictures under {@code target/screenshots}. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final String base;
    private final ChromeDriver driver;

    Browser(String base) {
        this.base = base;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(LabTools.find("chromium").toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(LabTools.find("chromedriver").toFile())
                .build();
        this.driver = new ChromeDriver(service, options);
        size(1280, 900);
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        // headless windows have a frame; the page itself is to be this wide
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void open(String path) {
        driver.get(base + path);
    }

    void type(String id, String text) {
        WebElement field = driver.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
    }

    /** Presses the button in the main part of the page with exactly this label. */
    void press(String label) {
        driver.findElement(By.xpath("//main//button[normalize-space()='" + label + "']"))
                .click();
    }

    /** Whether the button in the main part of the page with exactly this label can be pressed. */
    boolean isEnabled(String label) {
        return driver.findElement(By.xpath("//main//button[normalize-space()='" + label + "']"))
                .isEnabled();
    }

    /** Waits until the page's main part shows the text, without loading it again. */
    void see(String text, Duration atMost) {
        Awaitility.await("“" + text + "” on " + driver.getCurrentUrl())
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> text().contains(text));
    }

    void see(String text) {
        see(text, PATIENCE);
    }

    String text() {
        return driver.findElement(By.id("main")).getText();
    }

    String path() {
        return String.valueOf(driver.getCurrentUrl()).substring(base.length());
    }

    /** How many pixels the page is wider than the window; more than none makes a person scroll sideways. */
    long overflow() {
        Object pixels = driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
        return pixels instanceof Number number ? Math.max(0, number.longValue()) : Long.MAX_VALUE;
    }

    /** Chromium loses a page for a moment now and then, right after it was opened or made larger. */
    void picture(String name) {
        byte[] picture = Awaitility.await("a picture of " + driver.getCurrentUrl())
                .atMost(PATIENCE)
                .ignoreException(TimeoutException.class)
                .until(() -> driver.getScreenshotAs(OutputType.BYTES), Objects::nonNull);
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the picture " + name, e);
        }
    }

    /** What the browser complained of since the last call: scripts that failed, what the content policy refused. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
