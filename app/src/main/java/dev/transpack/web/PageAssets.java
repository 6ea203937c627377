package dev.transpack.web;

import java.time.Duration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/// Style, scripts and icons at `/assets/`. Pages name them by an address that holds a hash of the content, so that a
/// browser keeps them for a year and still sees a new version at once.
@Configuration(proxyBeanMethods = false)
class PageAssets implements WebMvcConfigurer {
    private static final CacheControl A_YEAR =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(A_YEAR)
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }

    /// Puts the hash into every `@{/assets/...}` of a template.
    @Bean
    FilterRegistrationBean<ResourceUrlEncodingFilter> assetAddresses() {
        return new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
    }
}
